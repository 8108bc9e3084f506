using System.Globalization;
using System.Security;

namespace Fmm.Samples;

/// <summary>The words by which ParaView finds the steps of a time series in its HDF5 file (XDMF 3: a temporal collection of grids).</summary>
internal static class SeriesXdmf
{
    /// <summary>Writes them.</summary>
    /// <param name="text">Where.</param>
    /// <param name="numbers">The name of the HDF5 file beside this one.</param>
    /// <param name="name">The scene's name.</param>
    /// <param name="steps">The steps.</param>
    /// <param name="columns">What each has.</param>
    public static void Write(TextWriter text, string numbers, string name, IReadOnlyList<SeriesStep> steps, SeriesColumn[] columns)
    {
        string file = SecurityElement.Escape(numbers);
        text.Write($"""
            <?xml version="1.0" encoding="utf-8"?>
            <Xdmf Version="3.0">
              <Domain>
                <Grid Name="{SecurityElement.Escape(name)}" GridType="Collection" CollectionType="Temporal">

            """);
        foreach (SeriesStep step in steps)
        {
            text.Write($"""
                      <Grid Name="step {step.Step}" GridType="Uniform">
                        <Time Value="{step.Time.ToString("R", CultureInfo.InvariantCulture)}"/>
                        <Topology TopologyType="Polyvertex" NumberOfElements="{step.Bodies}"/>

                """);
            foreach (SeriesColumn column in columns) text.Write(Part(file, step, column));
            text.Write("      </Grid>\n");
        }

        text.Write("    </Grid>\n  </Domain>\n</Xdmf>\n");
    }

    private static string Part(string file, SeriesStep step, SeriesColumn column)
    {
        string shape = column.Width == 1 ? $"{step.Bodies}" : $"{step.Bodies} {column.Width}";
        string item = $"<DataItem Format=\"HDF\" NumberType=\"Float\" Precision=\"{column.NumberBytes}\" Dimensions=\"{shape}\">{file}:/{step.Group}/{column.Name}</DataItem>";
        string type = column.Width switch { 1 => "Scalar", 3 => "Vector", 6 => "Tensor6", 9 => "Tensor", _ => "Matrix" };
        return column.Name == SeriesColumn.Places
            ? $"        <Geometry GeometryType=\"XYZ\">{item}</Geometry>\n"
            : $"        <Attribute Name=\"{column.Name}\" AttributeType=\"{type}\" Center=\"Node\">{item}</Attribute>\n";
    }
}
