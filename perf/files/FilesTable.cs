using System.Diagnostics;
using System.Globalization;
using Fmm.Components;
using Fmm.Files;
using Fmm.Samples;

namespace Fmm.Perf;

/// <summary>
/// Reading points and writing their potentials beside h5py: the same files, layouts and bytes, in turn; minima. h5py's clock runs in
/// its own process, without its start; ours includes the check that all is finite.
/// </summary>
internal static class FilesTable
{
    private const double Limit = 1.5;
    private const int Rounds = 5;
    private const int TableRows = 1_000_000;
    private const string Python = "/usr/bin/python3";

    // Prints the seconds of reading the points and of writing the potentials.
    private const string Script = """
        import h5py, numpy as np, sys, time
        name, out = sys.argv[1:3]
        u = np.load('potentials.npy')
        start = time.perf_counter()
        with h5py.File(name, 'r') as f:
            x = f['particle_data/sources'][:]
            q = f['particle_data/source_densities'][:]
        read = time.perf_counter() - start
        start = time.perf_counter()
        with h5py.File(out, 'w') as f:
            f.create_dataset('field/potential', data=u)
        print(read, time.perf_counter() - start)
        """;

    // Writes the points in the layouts that are read.
    private const string Make = """
        import h5py, numpy as np
        x = np.load('points.npy'); u = np.load('potentials.npy')
        for name, options in dict(contiguous={}, chunked=dict(chunks=True), gzip=dict(compression='gzip', compression_opts=1, shuffle=True)).items():
            with h5py.File(name + '.h5', 'w') as f:
                f.create_dataset('particle_data/sources', data=x, **options)
                f.create_dataset('particle_data/source_densities', data=u, **options)
        with h5py.File('single.h5', 'w') as f:
            f['particle_data/sources'] = x.astype('f4'); f['particle_data/source_densities'] = u.astype('f4')
        """;

    public static bool Run(TextWriter output, Settings settings)
    {
        int count = settings.Points ?? (settings.Quick ? 1_000_000 : 10_000_000);
        string folder = Directory.CreateTempSubdirectory("fmm-files").FullName;
        try
        {
            output.WriteLine($"# dotnet run -c Release --project perf -- files{settings.Arguments}");
            output.WriteLine($"# commit {MachineText.Commit()}");
            output.WriteLine($"# {MachineText.Machine(Environment.ProcessorCount)}");
            double[] potentials = Points(folder, count);
            _ = Start(folder, Make);
            output.WriteLine($"{count} points, {32L * count / 1e6:0} MB read, {8L * count / 1e6:0} MB written; seconds, least of {Rounds} in turn; files in the page cache");
            output.WriteLine("layout            read   h5py  ratio     write   h5py  ratio      both  ratio");
            bool met = true;
            foreach (string layout in (string[])["contiguous", "chunked", "gzip", "single"]) met &= Row(output, folder, layout, potentials) || layout is "single";
            output.WriteLine($"at most {Limit:0.0} times h5py's time, reading and writing together, for the same bytes: {(met ? "met" : "MISSED")}");
            output.WriteLine($"CSV: {TableRows} rows x,y,z,q read in {Table(folder):0.000} s");
            return met;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double[] Points(string folder, int count)
    {
        Position[] points = PointClouds.Draw(default(UnitCube), count, 1);
        double[] potentials = PointClouds.Charges(count, 1);
        Save(folder, "points.npy", System.Runtime.InteropServices.MemoryMarshal.Cast<Position, double>(points.AsSpan()), [count, 3]);
        Save(folder, "potentials.npy", potentials, [count]);
        string rows = string.Concat(points.Take(TableRows).Select((one, i) => string.Create(CultureInfo.InvariantCulture, $"{one.X},{one.Y},{one.Z},{potentials[i]}\n")));
        File.WriteAllText(Path.Combine(folder, "points.csv"), "x,y,z,q\n" + rows);
        return potentials;
    }

    private static void Save(string folder, string name, ReadOnlySpan<double> values, long[] shape)
    {
        using FileStream stream = File.Create(Path.Combine(folder, name));
        stream.Write(NpyHeader.Of<double>(shape));
        for (; !values.IsEmpty; values = values[Math.Min(1 << 20, values.Length)..])
            stream.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes(values[..Math.Min(1 << 20, values.Length)]));
    }

    private static bool Row(TextWriter output, string folder, string layout, double[] potentials)
    {
        string name = Path.Combine(folder, $"{layout}.h5");
        double read = double.MaxValue, write = double.MaxValue, peerRead = double.MaxValue, peerWrite = double.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            PointSet points = PointSet.Read(name);
            read = Math.Min(read, Stopwatch.GetElapsedTime(start).TotalSeconds);
            if (points.Sources.Length != potentials.Length) throw new InvalidOperationException("points are missing");
            start = Stopwatch.GetTimestamp();
            new FieldData(potentials).Write(Path.Combine(folder, "ours.h5"));
            write = Math.Min(write, Stopwatch.GetElapsedTime(start).TotalSeconds);
            string[] peer = Start(folder, Script, name, "theirs.h5").Split(' ', StringSplitOptions.TrimEntries);
            peerRead = Math.Min(peerRead, double.Parse(peer[0], CultureInfo.InvariantCulture));
            peerWrite = Math.Min(peerWrite, double.Parse(peer[1], CultureInfo.InvariantCulture));
        }

        double ratio = (read + write) / (peerRead + peerWrite);
        output.WriteLine(
            $"{layout,-14}{read,8:0.000}{peerRead,7:0.000}{read / peerRead,7:0.00}{write,10:0.000}{peerWrite,7:0.000}{write / peerWrite,7:0.00}{read + write,10:0.000}{ratio,7:0.00}");
        return ratio <= Limit;
    }

    private static double Table(string folder)
    {
        double least = double.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            _ = PointSet.Read(Path.Combine(folder, "points.csv"));
            least = Math.Min(least, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return least;
    }

    private static string Start(string folder, string script, params string[] arguments)
    {
        ProcessStartInfo start = new(Python, ["-c", script, .. arguments]) { WorkingDirectory = folder, RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException("needs Debian's python3-h5py: apt-get install -y python3-h5py");
    }
}
