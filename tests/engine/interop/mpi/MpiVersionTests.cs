using Fmm.Engine.Interop;
using NUnit.Framework;

namespace Fmm.Tests.Interop;

/// <summary>Each library says what it is in a form of its own.</summary>
internal sealed class MpiVersionTests
{
    [TestCase("Open MPI v4.1.4, package: Debian OpenMPI, ident: 4.1.4, repo rev: v4.1.4, May 26, 2022", "Open MPI 4.1.4")]
    [TestCase("MPICH Version:\t4.0.2\nMPICH Release date:\tThu Apr  7 12:34:45 CDT 2022\n", "MPICH 4.0.2")]
    [TestCase("Intel(R) MPI Library 2021.9 for Linux* OS\n", "Intel(R) MPI Library 2021.9")]
    [TestCase("MVAPICH2 Version      :\t2.3.7\nMVAPICH2 Release date : Wed Mar 02 22:00:00 EST 2022", "MVAPICH2 2.3.7")]
    [TestCase("MPI VERSION    : CRAY MPICH version 8.1.25.17 (ANL base 3.4a2)\nMPI BUILD INFO : Sun Feb 26", "CRAY MPICH 8.1.25.17")]
    [TestCase("", "MPI")]
    public void The_name_and_the_number_are_kept(string text, string name) => Assert.That(MpiVersion.Shorten(text), Is.EqualTo(name));
}
