using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Library;

/// <summary>The functions of fmm.h that make, describe and end solvers. No exception leaves them.</summary>
internal static unsafe partial class Exports
{
    private static readonly byte* _version = Text.Constant(typeof(Exports).Assembly.GetName().Version!.ToString(3));

    /// <summary>Width of the registers that this library was compiled for.</summary>
    public static int Width => (int)RegisterWidths.Best;

    [UnmanagedCallersOnly(EntryPoint = "fmm_version", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* Version() => _version;

    [UnmanagedCallersOnly(EntryPoint = "fmm_registers", CallConvs = [typeof(CallConvCdecl)])]
    public static int Registers() => Width;

    [UnmanagedCallersOnly(EntryPoint = "fmm_last_error", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* Error() => LastError.Text;

    [UnmanagedCallersOnly(EntryPoint = "fmm_kernels", CallConvs = [typeof(CallConvCdecl)])]
    public static int Kernels(byte* text, nuint capacity, nuint* length) => Call.Run(() => Text.Write(Json.OfKernels(), text, capacity, length));

    [UnmanagedCallersOnly(EntryPoint = "fmm_create", CallConvs = [typeof(CallConvCdecl)])]
    public static int Create(byte* kernel, byte* options, nint* solver) => Call.Run(() =>
    {
        RequireRoom(solver);
        string name = Text.Read(kernel, "kernel") ?? throw RefusedException.Argument("kernel is null: give the name of a kernel, such as \"laplace\".");
        BuiltInKernel chosen = BuiltInKernel.Named(name);
        OptionText text = new(Text.Read(options, "options") ?? "");
        double[] values = text.Parameters(chosen);
        FmmOptions wanted = text.Options();
        *solver = Solvers.Enter(new Solver(InWords(text, () => chosen.CreateSolver(values, wanted)), name, wanted));
    });

    [UnmanagedCallersOnly(EntryPoint = "fmm_create_custom", CallConvs = [typeof(CallConvCdecl)])]
    public static int CreateCustom(KernelFunctions* kernel, byte* options, nint* solver) => Call.Run(() =>
    {
        RequireRoom(solver);
        if (kernel is null) throw RefusedException.Argument("kernel is null: give a kernel.");
        if (kernel->Size != (nuint)sizeof(KernelFunctions))
            throw RefusedException.Argument($"kernel.size is {kernel->Size}, not {sizeof(KernelFunctions)}: set it to sizeof(fmm_kernel), and compile with the fmm.h of this library.");
        if (kernel->Scalar is null && kernel->Batch is null) throw RefusedException.Argument("kernel has neither scalar nor batch: give one of the functions at least.");
        string name = Text.Read(kernel->Name, "kernel.name", 63) ?? throw RefusedException.Argument("kernel.name is null: give a name, for reports.");
        if (name.Length == 0 || name.Any(letter => letter is < ' ' or > '~')) throw RefusedException.Argument("kernel.name is empty or not ASCII: give 1 to 63 characters.");
        OptionText text = new(Text.Read(options, "options") ?? "");
        text.RequireKnown(name);
        FmmOptions wanted = text.Options();
        if (wanted.Gradient && kernel->PotentialOnly != 0)
            throw RefusedException.Argument($"options: gradient, but the kernel {name} says potential_only: leave one of them out.");
        CallbackKernel own = new(*kernel, wanted.Gradient);
        *solver = Solvers.Enter(new Solver(InWords(text, () => Checked(name, own, wanted)), name, wanted));
    });

    [UnmanagedCallersOnly(EntryPoint = "fmm_free", CallConvs = [typeof(CallConvCdecl)])]
    public static int Free(nint solver) => Call.Run(() =>
    {
        if (solver != 0) Solvers.End(solver);
    });

    private static void RequireRoom(nint* solver)
    {
        if (solver is null) throw RefusedException.Argument("solver is null: give the address that receives the solver.");
        *solver = 0;
    }

    // What the check of kernels found, in the words that its functions have here.
    private static FmmSolver Checked(string name, CallbackKernel kernel, FmmOptions options)
    {
        try
        {
            return FmmSolver.Create(kernel, options);
        }
        catch (KernelException fault)
        {
            KernelFinding one = fault.Findings[0];
            double r = Math.Sqrt((one.Offset.X * one.Offset.X) + (one.Offset.Y * one.Offset.Y) + (one.Offset.Z * one.Offset.Z));
            string what = one.Declaration.Contains("Gradient", StringComparison.Ordinal) ? "the derivative along an axis" : "the value or the derivative along an axis";
            throw new RefusedException(Status.InvalidKernel, string.Create(
                CultureInfo.InvariantCulture,
                $"The kernel {name} is not what it says: at r = {r:g6}, {what} is {one.Found:g6}, but {one.Expected:g6} by its other function or by differences. Let scalar and batch compute the same formula, finite for r > 0, and derivative be dK/dr."));
        }
    }

    // Options in the words that they have here.
    private static FmmSolver InWords(OptionText text, Func<FmmSolver> create)
    {
        try
        {
            return create();
        }
        catch (FmmOptionException fault)
        {
            throw text.Refusal(fault);
        }
    }
}
