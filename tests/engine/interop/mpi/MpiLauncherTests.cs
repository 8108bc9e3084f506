using Fmm.Engine;
using Fmm.Engine.Interop;
using NUnit.Framework;

namespace Fmm.Tests.Interop;

/// <summary>The environment tells which launcher started a process, and so which library it needs.</summary>
internal sealed class MpiLauncherTests
{
    // Variables as the launchers set them, the families in the order in which they are tried, and how many ranks there are.
    [TestCase("OMPI_COMM_WORLD_SIZE=4 PMIX_RANK=0", "OpenMpi", 4)]
    [TestCase("PMI_RANK=1 PMI_SIZE=3 MPI_LOCALNRANKS=3", "Mpich", 3)]
    [TestCase("MV2_COMM_WORLD_SIZE=2", "Mpich", 2)]
    [TestCase("PMIX_RANK=0", "OpenMpi Mpich", 0)]
    [TestCase("SLURM_PROCID=0 PMI_RANK=0 PMI_SIZE=8", "Mpich OpenMpi", 8)]
    [TestCase("SLURM_PROCID=0 SLURM_STEP_NUM_TASKS=8 PMIX_RANK=0", "OpenMpi Mpich", 8)]
    [TestCase("SLURM_PROCID=0 SLURM_STEP_NUM_TASKS=8", "Mpich OpenMpi", 8)]
    public void Launchers_are_known_by_their_variables(string variables, string families, int count)
    {
        MpiLauncher? launcher = MpiLauncher.Find(Reader(variables));
        Assert.That(string.Join(' ', launcher!.Families), Is.EqualTo(families));
        Assert.That(launcher.Count, Is.EqualTo(count));
    }

    // A shell in an allocation of Slurm, or a step of one task, has its variables, and is not one of several.
    [TestCase("")]
    [TestCase("SLURM_PROCID=0 SLURM_NTASKS=8")]
    [TestCase("SLURM_PROCID=0 SLURM_STEP_NUM_TASKS=1")]
    public void Without_a_launcher_there_is_none(string variables) => Assert.That(MpiLauncher.Find(Reader(variables)), Is.Null);

    [TestCase("OMPI_COMM_WORLD_SIZE=2", "libmpi.so.40", "libopenmpi3")]
    [TestCase("PMI_RANK=0", "libmpich.so.12", "libmpich12")]
    public void A_library_that_is_not_there_is_named_with_the_remedy(string variables, string name, string package) =>
        Assert.That(() => Engine.Ranks.Find(MpiLauncher.Find(Reader(variables)), null, _ => null), Throws.TypeOf<RankFailedException>().With.Message.Contains(variables.Split('=')[0])
            .And.Message.Contains(name).And.Message.Contains($"apt-get install -y {package}").And.Message.Contains("LD_LIBRARY_PATH").And.Message.Contains("FMM_MPI=path"));

    [TestCase("/nowhere/libmpi.so")]
    [TestCase("libc.so.6")]
    public void What_the_user_names_must_be_a_library_of_MPI(string name) =>
        Assert.That(() => Engine.Ranks.Find(null, name), Throws.TypeOf<RankFailedException>().With.Message.StartsWith($"FMM_MPI is {name}, which is not found or is no library of MPI"));

    [Test]
    public void With_none_a_process_that_a_launcher_started_is_alone() => Assert.That(Engine.Ranks.Find(MpiLauncher.Find(Reader("OMPI_COMM_WORLD_SIZE=2")), "none"), Is.Null);

    private static Func<string, string?> Reader(string variables)
    {
        Dictionary<string, string> values = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(one => one.Split('=')).ToDictionary(one => one[0], one => one[1]);
        return name => values.GetValueOrDefault(name);
    }
}
