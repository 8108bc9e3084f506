using System.Diagnostics;

namespace Fmm.Tests;

/// <summary>
/// A machine for a script: a PATH on which what would change it, and what tells what it is, are stubs that write down their arguments.
/// Of the real programs only those are there that every machine has.
/// </summary>
internal sealed class StubbedMachine : IDisposable
{
    private static readonly string[] _everywhere = ["bash", "dirname", "grep", "sed", "sort", "paste", "tr", "cat", "cp"];

    private readonly string _folder = Directory.CreateTempSubdirectory("fmm-machine-").FullName;
    private readonly string _bash = Which("bash");

    /// <summary>A machine with the SDK alone, and apt-get, which knows every package.</summary>
    /// <param name="user">The user's number.</param>
    public StubbedMachine(int user)
    {
        Directory.CreateDirectory(In("bin"));
        foreach (string name in _everywhere) File.CreateSymbolicLink(In("bin/" + name), Which(name));
        File.WriteAllText(In("libraries"), "");
        Stub("id", $"echo {user}");
        Stub("ldconfig", $"cat {In("libraries")}");
        Stub("dotnet", "");
        Stub("sudo", "");
        Stub("library-build", "");
        AptGet("");
    }

    /// <summary>What was called, in order: the stub's name and its arguments.</summary>
    public IEnumerable<string> Calls => File.Exists(In("calls")) ? File.ReadAllLines(In("calls")) : [];

    /// <summary>Puts a program on the machine.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="script">What it does, in bash; its name and arguments are written down before.</param>
    public void Stub(string name, string script)
    {
        string path = In("bin/" + name);
        File.WriteAllText(path, $"#!{_bash}\necho \"{name} $*\" >> {In("calls")}\n{script}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.UserExecute);
    }

    /// <summary>Puts an apt-get on the machine that installs what it is asked for, after a script that may end it.</summary>
    public void AptGet(string before) => Stub("apt-get", before + $"""

        for word in "$@"; do
            case $word in
                libopenblas*) printf '\tlibopenblas.so.0 (libc6,x86-64) => /lib/libopenblas.so.0\n' >> {In("libraries")};;
                bsdutils) cp {In("bin/id")} {In("bin/script")};;
                hdf5-tools) cp {In("bin/id")} {In("bin/h5dump")};;
                openmpi-bin) cp {In("bin/id")} {In("bin/mpirun.openmpi")};;
                mpich) cp {In("bin/id")} {In("bin/mpiexec.mpich")};;
                python3-*) cp {In("bin/id")} {In("bin/debian-python3")};;
                chromium|python3|gcc|g++|pkg-config|gfortran) cp {In("bin/id")} {In("bin/")}$word;;
            esac
        done
        """);

    /// <summary>Takes a program away.</summary>
    public void Remove(string name) => File.Delete(In("bin/" + name));

    /// <summary>A new folder with files in it.</summary>
    public string FolderOf(params string[] files)
    {
        string folder = Directory.CreateDirectory(In("folder")).FullName;
        foreach (string file in files) File.WriteAllText(Path.Combine(folder, file), "");
        return folder;
    }

    /// <summary>Runs a script of the tree on this machine.</summary>
    public ChildOutcome Run(string script, string[]? arguments = null, string libraryPath = "")
    {
        ProcessStartInfo start = new(_bash, [Path.Combine(Clone.Root, script), .. arguments ?? []]);
        start.Environment.Clear();
        start.Environment["PATH"] = In("bin");
        start.Environment["DEBIAN_PYTHON"] = In("bin/debian-python3");
        start.Environment["FMM_LIBRARY_BUILD"] = "library-build";
        if (libraryPath.Length > 0) start.Environment["LD_LIBRARY_PATH"] = libraryPath;
        return ChildOutcome.Of(start);
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Which(string name) => Environment.GetEnvironmentVariable("PATH")!.Split(':')
        .Select(folder => Path.Combine(folder, name)).First(File.Exists);

    private string In(string path) => Path.Combine(_folder, path);
}
