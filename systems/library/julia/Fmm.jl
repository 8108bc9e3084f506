"""
Fmm Engine from Julia (1.9 or newer): the functions of fmm.h.

    include("Fmm.jl"); using .Fmm
    solver = Solver("laplace"; tolerance = 1e-6, gradient = true)
    set_points!(solver, points)                                  # 3×n
    potentials, gradients = evaluate(solver, charges)            # n; n and 3×n
    close(solver)

Arrays are of Float64 or Float32 with any strides (views, too) and are taken as they lie, without a copy of ours. Axes stand in the order of the memory, so the
last of fmm.h comes first: points 3×n, charges [s×]n[×v], potentials [p×]m[×v], gradients 3×[p×]m[×v], hessians 6×m[×v], of v charge vectors. What is
refused throws an `FmmError` with status and text. The library is libfmm.so where the loader finds it, or what FMM_LIBRARY names.
"""
module Fmm

export Solver, FmmError, set_points!, move_points!, set_charges!, evaluate, evaluate!, verify, report, cancel

const library = get(ENV, "FMM_LIBRARY", "libfmm.so")
const Reals = Union{Float64,Float32}

struct FmmError <: Exception
    status::Cint
    text::String
end
Base.showerror(io::IO, error::FmmError) = print(io, "FmmError (status ", error.status, "): ", error.text)

check(status) = status == 0 ? nothing : throw(FmmError(status, unsafe_string(@ccall library.fmm_last_error()::Cstring)))

"The library's version."
version() = unsafe_string(@ccall library.fmm_version()::Cstring)

# fmm_array and fmm_kernel, as they lie in C.
struct Layout
    data::Ptr{Cvoid}
    shape::NTuple{4,Int64}
    strides::NTuple{4,Int64}
    dimensions::Int32
    type::Int32
end

struct KernelTable
    size::Csize_t
    name::Cstring
    scalar::Ptr{Cvoid}
    batch::Ptr{Cvoid}
    user::Ptr{Cvoid}
    potential_only::Int32
end

function layout(a::StridedArray{T}) where {T<:Reals}
    1 <= ndims(a) <= 4 || throw(ArgumentError("an array of 1 to 4 axes is needed, not $(ndims(a))"))
    axis(k) = ndims(a) + 1 - k
    shape = ntuple(k -> k <= ndims(a) ? Int64(size(a, axis(k))) : 0, 4)
    strides = ntuple(k -> k <= ndims(a) ? Int64(stride(a, axis(k)) * sizeof(T)) : 0, 4)
    Ref(Layout(pointer(a), shape, strides, ndims(a), T === Float32))
end

"A kernel, its options (those of docs/c.md), points, and the fields of the last charges. `close` ends it, or else the collector."
mutable struct Solver
    handle::Ptr{Cvoid}
    held::Any # What C calls and Julia must not collect.
    function Solver(make::Function, held = nothing)
        handle = Ref{Ptr{Cvoid}}(C_NULL)
        GC.@preserve held check(make(handle))
        finalizer(close, new(handle[], held))
    end
end

"A built-in kernel: `Solver(\"yukawa\"; k = 2.5, order = 8, gradient = true)`."
Solver(kernel::AbstractString; options...) =
    Solver(handle -> @ccall library.fmm_create(kernel::Cstring, words(options)::Cstring, handle::Ptr{Ptr{Cvoid}})::Cint)

"""
A kernel of your own: `value(r)` is K(r) and `derivative(r)` dK/dr, or nothing where no gradient is wanted. Both are called from threads of the
library's and should not allocate.
"""
function Solver(value::Function, derivative::Union{Function,Nothing}; name = "own", options...)
    scalar(r::Float64, slope::Ptr{Float64}, ::Ptr{Cvoid}) = begin
        slope == C_NULL || derivative === nothing || unsafe_store!(slope, derivative(r)::Float64)
        value(r)::Float64
    end
    batch(n::Int64, r::Ptr{Float64}, values::Ptr{Float64}, slopes::Ptr{Float64}, ::Ptr{Cvoid}) = begin
        for i in 1:n
            unsafe_store!(values, value(unsafe_load(r, i))::Float64, i)
            slopes == C_NULL || derivative === nothing || unsafe_store!(slopes, derivative(unsafe_load(r, i))::Float64, i)
        end
    end
    one = @cfunction($scalar, Cdouble, (Cdouble, Ptr{Cdouble}, Ptr{Cvoid}))
    many = @cfunction($batch, Cvoid, (Int64, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cvoid}))
    text = String(name)
    Solver((one, many, text)) do handle
        table = Ref(KernelTable(sizeof(KernelTable), Base.unsafe_convert(Cstring, text), Base.unsafe_convert(Ptr{Cvoid}, one),
            Base.unsafe_convert(Ptr{Cvoid}, many), C_NULL, derivative === nothing))
        @ccall library.fmm_create_custom(table::Ptr{KernelTable}, words(options)::Cstring, handle::Ptr{Ptr{Cvoid}})::Cint
    end
end

words(options) = join((value === true ? "$name" : "$name=$value" for (name, value) in options if value !== false), " ")

function Base.close(solver::Solver)
    check(@ccall library.fmm_free(solver.handle::Ptr{Cvoid})::Cint)
    solver.handle = C_NULL
    nothing
end

"Points that are sources and targets at once."
set_points!(solver::Solver, points::StridedMatrix{<:Reals}) = GC.@preserve points check(
    @ccall library.fmm_set_points_array(solver.handle::Ptr{Cvoid}, layout(points)::Ptr{Layout})::Cint)

"Sources, and targets that differ."
set_points!(solver::Solver, sources::StridedMatrix{<:Reals}, targets::StridedMatrix{<:Reals}) = GC.@preserve sources targets check(
    @ccall library.fmm_set_sources_targets_array(solver.handle::Ptr{Cvoid}, layout(sources)::Ptr{Layout}, layout(targets)::Ptr{Layout})::Cint)

"The same points in the same order, elsewhere."
move_points!(solver::Solver, points::StridedMatrix{<:Reals}) = GC.@preserve points check(
    @ccall library.fmm_move_points_array(solver.handle::Ptr{Cvoid}, layout(points)::Ptr{Layout})::Cint)
move_points!(solver::Solver, sources::StridedMatrix{<:Reals}, targets::StridedMatrix{<:Reals}) = GC.@preserve sources targets check(
    @ccall library.fmm_move_sources_targets_array(solver.handle::Ptr{Cvoid}, layout(sources)::Ptr{Layout}, layout(targets)::Ptr{Layout})::Cint)

"Charges that `evaluate` takes where it is given `nothing`."
set_charges!(solver::Solver, charges::StridedArray{<:Reals}) = GC.@preserve charges check(
    @ccall library.fmm_set_charges_array(solver.handle::Ptr{Cvoid}, layout(charges)::Ptr{Layout})::Cint)

place(::Nothing) = C_NULL
place(a::StridedArray) = layout(a)

"The field of the charges (of those that are kept, if `nothing`), written to arrays of yours. Other Julia threads, and the collector, go on meanwhile."
function evaluate!(solver::Solver, charges, potentials, gradients = nothing, hessians = nothing)
    q, u, g, h = place(charges), place(potentials), place(gradients), place(hessians)
    handle = solver.handle
    GC.@preserve solver charges potentials gradients hessians begin
        state = @ccall jl_gc_safe_enter()::Int8
        status = @ccall library.fmm_evaluate_array(handle::Ptr{Cvoid}, q::Ptr{Layout}, u::Ptr{Layout}, g::Ptr{Layout}, h::Ptr{Layout})::Cint
        @ccall jl_gc_safe_leave(state::Int8)::Cvoid
    end
    check(status)
end

"""
The field of one vector of charges of a kernel in fresh arrays: potentials m (p×m where a target has p numbers), and gradients 3×m (3×p×m),
or nothing without `gradient`.
"""
function evaluate(solver::Solver, charges; gradient = true)
    _, targets, _, numbers, _, _ = sizes(solver)
    shape = numbers == 1 ? (targets,) : (numbers, targets)
    potentials = Array{Float64}(undef, shape)
    gradients = gradient ? Array{Float64}(undef, 3, shape...) : nothing
    evaluate!(solver, charges, potentials, gradients)
    potentials, gradients
end

"Sources, targets, numbers of a charge, of a potential, charge vectors of the last evaluation, 1 for gradients + 2 for hessians."
function sizes(solver::Solver)
    six = zeros(Int64, 6)
    check(@ccall library.fmm_sizes(solver.handle::Ptr{Cvoid}, six::Ptr{Int64})::Cint)
    Tuple(six)
end

"Relative errors of the last fields by direct sums: potentials in the 2-norm, at worst, gradients, hessians; NaN where not computed."
function verify(solver::Solver, samples = 200)
    errors = zeros(4)
    check(@ccall library.fmm_verify(solver.handle::Ptr{Cvoid}, samples::Int64, errors::Ptr{Cdouble})::Cint)
    errors
end

"What ran last, as JSON."
function report(solver::Solver)
    length = Ref{Csize_t}(0)
    check(@ccall library.fmm_report(solver.handle::Ptr{Cvoid}, C_NULL::Ptr{UInt8}, 0::Csize_t, length::Ptr{Csize_t})::Cint)
    bytes = zeros(UInt8, length[] + 1)
    check(@ccall library.fmm_report(solver.handle::Ptr{Cvoid}, bytes::Ptr{UInt8}, Base.length(bytes)::Csize_t, length::Ptr{Csize_t})::Cint)
    String(bytes[1:end-1])
end

"Ends the call that runs on the solver, from any thread."
cancel(solver::Solver) = check(@ccall library.fmm_cancel(solver.handle::Ptr{Cvoid})::Cint)

end
