[assembly: System.Runtime.CompilerServices.InternalsVisibleTo("Fmm.Tests")]
