using System.Globalization;

namespace Fmm.Files;

/// <summary>The words by which ParaView finds a field in an HDF5 file (XDMF 3: www.xdmf.org, XDMF Model and Format).</summary>
internal static class XdmfField
{
    /// <summary>Writes them.</summary>
    /// <param name="field">The field.</param>
    /// <param name="text">Where.</param>
    /// <param name="numbers">The name of the HDF5 file beside this one.</param>
    public static void Write(FieldData field, TextWriter text, string numbers)
    {
        string file = System.Security.SecurityElement.Escape(numbers), count = field.Rows.ToString(CultureInfo.InvariantCulture);
        string potential = Attribute("potential", field.Components switch { 1 => "Scalar", 2 => "Matrix", 6 => "Tensor6", 9 => "Tensor", _ => "Vector" }, field.Components == 1 ? count : $"{count} {field.Components}", $"{file}:/{Hdf5Field.Potential}");
        string gradient = !field.Has(FieldArray.Gradient) ? ""
            : Attribute("gradient", field.Components switch { 1 => "Vector", 3 => "Tensor", _ => "Matrix" }, field.Components == 1 ? $"{count} 3" : $"{count} {field.Components} 3", $"{file}:/{Hdf5Field.Gradient}");
        string further = string.Concat(field.Further.Select(part => Attribute(part.Name, part.IsMatrix ? "Tensor6" : "Vector", $"{count} {part.Width}", $"{file}:/{Hdf5Field.Group}/{part.Name}")));
        text.Write($"""
            <?xml version="1.0" encoding="utf-8"?>
            <Xdmf Version="3.0">
              <Domain>
                <Grid Name="field" GridType="Uniform">
                  <Topology TopologyType="Polyvertex" NumberOfElements="{count}"/>
                  <Geometry GeometryType="XYZ">
                    {Item($"{count} 3", $"{file}:/{Hdf5Field.Places}")}
                  </Geometry>
            {potential}{gradient}{further}    </Grid>
              </Domain>
            </Xdmf>

            """);
    }

    private static string Attribute(string name, string type, string shape, string place) =>
        $"      <Attribute Name=\"{name}\" AttributeType=\"{type}\" Center=\"Node\">\n        {Item(shape, place)}\n      </Attribute>\n";

    private static string Item(string shape, string place) =>
        $"<DataItem Format=\"HDF\" NumberType=\"Float\" Precision=\"8\" Dimensions=\"{shape}\">{place}</DataItem>";
}
