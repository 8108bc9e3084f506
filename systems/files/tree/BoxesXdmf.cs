using System.Text;

namespace Fmm.Files;

/// <summary>The XDMF file by which ParaView draws the boxes of a tree file (XDMF 3, heavy data in HDF5).</summary>
internal static class BoxesXdmf
{
    /// <summary>Writes it; the name is given once it is whole.</summary>
    /// <exception cref="DataFileException">It can't be written.</exception>
    public static void Write(string path, string heavy, int boxes)
    {
        string name = System.Security.SecurityElement.Escape(heavy);
        string text = $"""
            <?xml version="1.0" ?>
            <Xdmf Version="3.0">
              <Domain>
                <Grid Name="boxes" GridType="Uniform">
                  <Topology TopologyType="Hexahedron" NumberOfElements="{boxes}">
                    <DataItem Format="HDF" NumberType="Int" Precision="4" Dimensions="{boxes} 8">{name}:/{TreeFile.Boxes}/cells</DataItem>
                  </Topology>
                  <Geometry GeometryType="XYZ">
                    <DataItem Format="HDF" NumberType="Float" Precision="8" Dimensions="{8L * boxes} 3">{name}:/{TreeFile.Boxes}/corners</DataItem>
                  </Geometry>
                  <Attribute Name="level" AttributeType="Scalar" Center="Cell">
                    <DataItem Format="HDF" NumberType="Int" Precision="4" Dimensions="{boxes}">{name}:/{TreeFile.Boxes}/level</DataItem>
                  </Attribute>
                  <Attribute Name="points" AttributeType="Scalar" Center="Cell">
                    <DataItem Format="HDF" NumberType="Int" Precision="4" Dimensions="{boxes}">{name}:/{TreeFile.Boxes}/points</DataItem>
                  </Attribute>
                </Grid>
              </Domain>
            </Xdmf>

            """;
        try
        {
            using ReplacedFile file = new(path, new OpenOutputs());
            file.Stream.Write(Encoding.UTF8.GetBytes(text));
            file.Commit();
        }
        catch (Exception fault) when (fault is (IOException or UnauthorizedAccessException) and not DataFileException)
        {
            throw new DataFileException(path, $"can't be written: {fault.Message}", fault);
        }
    }
}
