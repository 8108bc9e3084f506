using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fmm.Systems;

namespace Fmm.Library;

/// <content>The functions that take points and charges and give fields.</content>
internal static unsafe partial class Exports
{
    [UnmanagedCallersOnly(EntryPoint = "fmm_set_points", CallConvs = [typeof(CallConvCdecl)])]
    public static int SetPoints(nint solver, double* points, long length) => Call.On(solver, one =>
    {
        NativeArray at = Points(points, length, "points");
        one.Place(&at, null, isMove: false);
    });

    [UnmanagedCallersOnly(EntryPoint = "fmm_set_points_array", CallConvs = [typeof(CallConvCdecl)])]
    public static int SetPointsArray(nint solver, NativeArray* points) => Call.On(solver, one => one.Place(points, null, isMove: false));

    [UnmanagedCallersOnly(EntryPoint = "fmm_set_sources_targets", CallConvs = [typeof(CallConvCdecl)])]
    public static int SetSourcesTargets(nint solver, double* sources, long sourceLength, double* targets, long targetLength) => Call.On(solver, one =>
    {
        NativeArray from = Points(sources, sourceLength, "sources"), to = Points(targets, targetLength, "targets");
        one.Place(&from, &to, isMove: false);
    });

    [UnmanagedCallersOnly(EntryPoint = "fmm_set_sources_targets_array", CallConvs = [typeof(CallConvCdecl)])]
    public static int SetSourcesTargetsArray(nint solver, NativeArray* sources, NativeArray* targets) => Call.On(solver, one =>
    {
        ArrayView.Require(targets, "targets");
        one.Place(sources, targets, isMove: false);
    });

    [UnmanagedCallersOnly(EntryPoint = "fmm_move_points", CallConvs = [typeof(CallConvCdecl)])]
    public static int MovePoints(nint solver, double* points, long length) => Call.On(solver, one =>
    {
        NativeArray at = Points(points, length, "points");
        one.Place(&at, null, isMove: true);
    });

    [UnmanagedCallersOnly(EntryPoint = "fmm_move_points_array", CallConvs = [typeof(CallConvCdecl)])]
    public static int MovePointsArray(nint solver, NativeArray* points) => Call.On(solver, one => one.Place(points, null, isMove: true));

    [UnmanagedCallersOnly(EntryPoint = "fmm_move_sources_targets", CallConvs = [typeof(CallConvCdecl)])]
    public static int MoveSourcesTargets(nint solver, double* sources, long sourceLength, double* targets, long targetLength) => Call.On(solver, one =>
    {
        NativeArray from = Points(sources, sourceLength, "sources"), to = Points(targets, targetLength, "targets");
        one.Place(&from, &to, isMove: true);
    });

    [UnmanagedCallersOnly(EntryPoint = "fmm_move_sources_targets_array", CallConvs = [typeof(CallConvCdecl)])]
    public static int MoveSourcesTargetsArray(nint solver, NativeArray* sources, NativeArray* targets) => Call.On(solver, one =>
    {
        ArrayView.Require(targets, "targets");
        one.Place(sources, targets, isMove: true);
    });

    [UnmanagedCallersOnly(EntryPoint = "fmm_set_charges", CallConvs = [typeof(CallConvCdecl)])]
    public static int SetCharges(nint solver, double* charges, long length) => Call.On(solver, one =>
    {
        NativeArray given = one.PlainCharges(charges, length);
        one.SetCharges(&given);
    });

    [UnmanagedCallersOnly(EntryPoint = "fmm_set_charges_array", CallConvs = [typeof(CallConvCdecl)])]
    public static int SetChargesArray(nint solver, NativeArray* charges) => Call.On(solver, one => one.SetCharges(charges));

    [UnmanagedCallersOnly(EntryPoint = "fmm_evaluate", CallConvs = [typeof(CallConvCdecl)])]
    public static int Evaluate(nint solver, double* charges, long chargeLength, double* potentials, long potentialLength, double* gradients, long gradientLength) => Call.On(solver, one =>
    {
        RequireNone(charges, chargeLength, "charges", "those that are kept");
        RequireNone(gradients, gradientLength, "gradients", "none");
        NativeArray given = charges is null ? default : one.PlainCharges(charges, chargeLength);
        NativeArray potential = one.PlainPotentials(potentials, potentialLength);
        NativeArray gradient = gradients is null ? default : one.PlainGradients(gradients, gradientLength);
        one.Evaluate(charges is null ? null : &given, &potential, gradients is null ? null : &gradient, null);
    });

    [UnmanagedCallersOnly(EntryPoint = "fmm_evaluate_array", CallConvs = [typeof(CallConvCdecl)])]
    public static int EvaluateArray(nint solver, NativeArray* charges, NativeArray* potentials, NativeArray* gradients, NativeArray* hessians) =>
        Call.On(solver, one => one.Evaluate(charges, potentials, gradients, hessians));

    [UnmanagedCallersOnly(EntryPoint = "fmm_verify", CallConvs = [typeof(CallConvCdecl)])]
    public static int Verify(nint solver, long samples, double* errors) => Call.On(solver, one =>
    {
        if (errors is null) throw RefusedException.Argument("errors is null: give the address of four numbers.");
        FieldError error = one.Verify(samples);
        (errors[0], errors[1], errors[2], errors[3]) = (error.PotentialL2, error.PotentialLinf, error.GradientL2 ?? double.NaN, error.HessianL2 ?? double.NaN);
    });

    [UnmanagedCallersOnly(EntryPoint = "fmm_sizes", CallConvs = [typeof(CallConvCdecl)])]
    public static int Sizes(nint solver, long* sizes) => Call.On(solver, one =>
    {
        if (sizes is null) throw RefusedException.Argument("sizes is null: give the address of six numbers.");
        one.Sizes(new Span<long>(sizes, 6));
    });

    [UnmanagedCallersOnly(EntryPoint = "fmm_report", CallConvs = [typeof(CallConvCdecl)])]
    public static int Report(nint solver, byte* text, nuint capacity, nuint* length) => Call.On(solver, one => Text.Write(Json.Of(one.Report), text, capacity, length));

    [UnmanagedCallersOnly(EntryPoint = "fmm_invalidate", CallConvs = [typeof(CallConvCdecl)])]
    public static int Invalidate(nint solver) => Call.On(solver, one => one.Invalidate());

    [UnmanagedCallersOnly(EntryPoint = "fmm_set_progress", CallConvs = [typeof(CallConvCdecl)])]
    public static int SetProgress(nint solver, delegate* unmanaged[Cdecl]<byte*, int, int, void*, int> progress, void* user) =>
        Call.On(solver, one => one.Listen(progress is null ? null : new Progress(progress, user)));

    [UnmanagedCallersOnly(EntryPoint = "fmm_cancel", CallConvs = [typeof(CallConvCdecl)])]
    public static int Cancel(nint solver) => Call.Run(() => Solvers.Of(solver).Cancel());

    // What failed to be allocated is not taken for what was left out.
    private static void RequireNone(double* data, long length, string name, string meant)
    {
        if (data is null && length != 0) throw RefusedException.Argument($"{name} is null, but its length is {length}: give the address, or length 0 for {meant}.");
    }

    private static NativeArray Points(double* points, long length, string name)
    {
        if (length < 0 || length % 3 != 0) throw RefusedException.Argument($"the length of {name} is {length}: give three numbers a point.");
        return NativeArray.Plain(points, length / 3, 3);
    }
}
