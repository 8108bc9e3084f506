[assembly: System.Runtime.CompilerServices.InternalsVisibleTo("Fmm.Tests")]
[assembly: System.Runtime.CompilerServices.InternalsVisibleTo("Fmm.Perf")]
[assembly: System.Runtime.CompilerServices.InternalsVisibleTo("fmm")]
