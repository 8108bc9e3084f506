using System.Diagnostics;
using System.Globalization;
using Fmm.Files;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Files;

/// <summary>Another program reads a file of operators, multiplies the textbook's matrices out, and finds the field.</summary>
internal sealed class OperatorFileTests : CommandFixture
{
    // Debian's own: the first python3 on the path may be another.
    private const string Python = "/usr/bin/python3";

    private const string Script = """
        import sys, numpy, h5py
        file = h5py.File(sys.argv[1])
        h, inner, outer = (file.attrs[name] for name in ("half_width", "alpha_inner", "alpha_outer"))
        equivalent, check = file["surface/equivalent"][:], file["surface/check"][:]
        def field(targets, sources, charges):
            return (1 / (4 * numpy.pi * numpy.linalg.norm(targets[:, None, :] - sources[None, :, :], axis=2))) @ charges
        def error(found, right):
            return numpy.linalg.norm(found - right) / numpy.linalg.norm(right)
        worst = 0
        random = numpy.random.default_rng(1)
        charges, away = random.random(20) - 0.3, numpy.array([[3.2, -1.1, 0.4], [0.1, -3.4, 2.5], [-4.0, 4.0, 4.0]]) * h
        for octant in range(8):
            # A child of half the width: with 1/r its solve is half of the box's.
            centre = numpy.array([((octant >> axis) & 1) - 0.5 for axis in range(3)]) * h
            points = centre + (random.random((20, 3)) - 0.5) * h
            potentials = field(centre + check * outer * h / 2, points, charges)
            child = file["uc2e_inv_a"][:] @ (file["uc2e_inv_b"][:] @ potentials) / 2
            box = file["m2m"][octant] @ child
            worst = max(worst, error(field(away, equivalent * inner * h, box), field(away, points, charges)))
            # A parent of twice the width, whose solve is twice the box's, and this box as its child.
            centre = 2 * centre
            sources = numpy.array([[7.1, -1.0, 2.0], [-6.5, 6.9, -8.0]]) * h
            parent = 2 * file["dc2e_inv_a"][:] @ (file["dc2e_inv_b"][:] @ field(equivalent * inner * 2 * h, sources, numpy.ones(2)))
            local = file["l2l"][octant] @ parent
            targets = centre + (random.random((5, 3)) - 0.5) * 2 * h
            worst = max(worst, error(field(targets, centre + check * outer * h, local), field(targets, sources, numpy.ones(2))))
        names = sorted(file["engine"].keys())
        print("%.3e" % worst, file["m2m"].shape, names[0], len(names), file.attrs["kernel"])
        """;

    [Test]
    public void H5py_reads_it_and_numpy_carries_a_field_from_box_to_box_with_it()
    {
        Need("import h5py, numpy");
        OperatorPreparation.Run(default(Laplace), new FmmOptions { Order = 6, OperatorStore = new OperatorCache(Folder, OperatorCachePolicy.Always) });
        (int code, string output, string error) = Run(Write("read.py", Script), Directory.GetFiles(Folder, "*translations*").Single());
        Assert.That(code, Is.Zero, error);
        string[] words = output.Split(' ', 2);
        Assert.That(double.Parse(words[0], CultureInfo.InvariantCulture), Is.LessThan(3e-5), output);
        Assert.That(words[1].Trim(), Does.StartWith("(8, 152, 152) L2L.0 35 ").And.EndsWith("laplace"));
    }

    private static void Need(string import)
    {
        if (!File.Exists(Python) || Run("-c", import).Code != 0) Assert.Ignore($"{Python} can't {import}: install python3-h5py and python3-numpy.");
    }

    private static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(Python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
