using Fmm.Systems;
using Plumes;

// What leaks from many sources into a stream along x and a little upwards, ten times as fast as it spreads over the cube.
Plume plume = new(5, 0, 1);
IReadOnlyList<KernelFinding> findings = KernelCheck.Run(plume), slips = KernelCheck.Run(new SlippedPlume(plume));
Console.WriteLine($"findings of {Plume.Name}: {findings.Count}");
Console.WriteLine($"findings of {SlippedPlume.Name}: {slips.Count}");
foreach (KernelFinding slip in slips) Console.WriteLine($"  {slip.Message}");

foreach (int order in (int[])[4, 6, 8, 10])
{
    FieldError error = Trial.Error(plume, 5000, order);
    Console.WriteLine($"order {order,2}: error of the potential {error.PotentialL2:0.0e+0}, of the gradient {error.GradientL2:0.0e+0}");
}

double own = Trial.NearRate(plume, 30_000), laplace = Trial.NearRate(default(Laplace), 30_000);
Console.WriteLine($"near field: {own / 1e6:0} million pairs a second, {Laplace.Name} {laplace / 1e6:0}, which takes each pair once for both its points and no exponential");
return findings.Count == 0 && slips.Count > 0 ? 0 : 1;
