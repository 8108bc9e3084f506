"""
Fmm Engine from Julia (1.9 or newer): the functions of fmm.h.

    include("Fmm.jl"); using .Fmm
    solver = Solver("laplace"; tolerance = 1e-6, gradient = true)
    set_points!(solver, points)                                  # 3×n
    potentials, gradients = evaluate(solver, charges)            # n; n and 3×n
    close(solver)

Arrays are of Float64 or Float32 with any strides (views, too) and are taken where they lie. Axes stand in the order of the memory, so the last of fmm.h
comes first: points 3×n, charges [s×]n[×v], potentials [p×]m[×v], gradients 3×[p×]m[×v], hessians 6×m[×v], of v charge vectors. What is refused throws an
`FmmError` with status and text. The library is libfmm.so where the loader finds it, or what the variable FMM_LIBRARY names.
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

layout(::Nothing) = nothing
function layout(a::StridedArray{T,D}) where {T<:Reals,D}
    D in 1:4 || throw(ArgumentError("an array has 1 to 4 axes here, not $D"))
    shape = ntuple(k -> k <= D ? Int64(size(a, D + 1 - k)) : 0, 4)
    strides = ntuple(k -> k <= D ? Int64(stride(a, D + 1 - k) * sizeof(T)) : 0, 4)
    Ref(Layout(pointer(a), shape, strides, D, T === Float32))
end

address(::Nothing) = Ptr{Layout}(C_NULL)
address(layout::Ref{Layout}) = Base.unsafe_convert(Ptr{Layout}, layout)

# A call that may take long, and may call a kernel of yours on threads of the library's: meanwhile Julia's collector need not wait for this thread.
macro away(call)
    quote
        state = @ccall jl_gc_safe_enter()::Int8
        status = $(esc(call))
        @ccall jl_gc_safe_leave(state::Int8)::Cvoid
        check(status)
    end
end

"A kernel, its options (those of docs/c.md), points, and the fields of the last charges. `close` ends it, or else the collector."
mutable struct Solver
    handle::Ptr{Cvoid}
    gradient::Bool
    held::Any # What C calls and Julia must not collect.
    Solver(handle, gradient, held) = finalizer(close, new(handle, gradient, held))
end

words(options) = join((value === true ? "$name" : "$name=$value" for (name, value) in options if value !== false), " ")

"A built-in kernel: `Solver(\"yukawa\"; k = 2.5, order = 8, gradient = true)`."
function Solver(kernel::AbstractString; gradient = false, options...)
    handle = Ref{Ptr{Cvoid}}(C_NULL)
    check(@ccall library.fmm_create(kernel::Cstring, words((; gradient, options...) |> pairs)::Cstring, handle::Ptr{Ptr{Cvoid}})::Cint)
    Solver(handle[], gradient, nothing)
end

"""
A kernel of your own: `value(r)` is K(r) and `derivative(r)` dK/dr, or nothing where no gradient is wanted. They are called from several threads at once,
return a Float64 and should not allocate.
"""
function Solver(value::Function, derivative::Union{Function,Nothing}; name = "own", gradient = false, options...)
    function batch(count::Int64, r::Ptr{Float64}, values::Ptr{Float64}, slopes::Ptr{Float64}, ::Ptr{Cvoid})
        for i in 1:count
            unsafe_store!(values, value(unsafe_load(r, i)), i)
            derivative === nothing || slopes == C_NULL || unsafe_store!(slopes, derivative(unsafe_load(r, i)), i)
        end
    end
    called = @cfunction($batch, Cvoid, (Int64, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cvoid}))
    text, handle = String(name), Ref{Ptr{Cvoid}}(C_NULL)
    GC.@preserve called text begin
        table = Ref(KernelTable(sizeof(KernelTable), Base.unsafe_convert(Cstring, text), C_NULL,
            Base.unsafe_convert(Ptr{Cvoid}, called), C_NULL, derivative === nothing))
        check(@ccall library.fmm_create_custom(table::Ptr{KernelTable}, words((; gradient, options...) |> pairs)::Cstring, handle::Ptr{Ptr{Cvoid}})::Cint)
    end
    Solver(handle[], gradient, called)
end

function Base.close(solver::Solver)
    check(@ccall library.fmm_free(solver.handle::Ptr{Cvoid})::Cint)
    solver.handle = C_NULL
    nothing
end

"Points that are sources and targets at once; or sources, and targets that differ."
function set_points!(solver::Solver, points::StridedMatrix{<:Reals})
    at = layout(points)
    GC.@preserve solver points at @away @ccall library.fmm_set_points_array(solver.handle::Ptr{Cvoid}, address(at)::Ptr{Layout})::Cint
end
function set_points!(solver::Solver, sources::StridedMatrix{<:Reals}, targets::StridedMatrix{<:Reals})
    from, to = layout(sources), layout(targets)
    GC.@preserve solver sources targets from to @away @ccall library.fmm_set_sources_targets_array(
        solver.handle::Ptr{Cvoid}, address(from)::Ptr{Layout}, address(to)::Ptr{Layout})::Cint
end

"The same points in the same order, elsewhere."
function move_points!(solver::Solver, points::StridedMatrix{<:Reals})
    at = layout(points)
    GC.@preserve solver points at @away @ccall library.fmm_move_points_array(solver.handle::Ptr{Cvoid}, address(at)::Ptr{Layout})::Cint
end
function move_points!(solver::Solver, sources::StridedMatrix{<:Reals}, targets::StridedMatrix{<:Reals})
    from, to = layout(sources), layout(targets)
    GC.@preserve solver sources targets from to @away @ccall library.fmm_move_sources_targets_array(
        solver.handle::Ptr{Cvoid}, address(from)::Ptr{Layout}, address(to)::Ptr{Layout})::Cint
end

"Charges that `evaluate` takes where it is given `nothing`."
function set_charges!(solver::Solver, charges::StridedArray{<:Reals})
    q = layout(charges)
    GC.@preserve solver charges q @away @ccall library.fmm_set_charges_array(solver.handle::Ptr{Cvoid}, address(q)::Ptr{Layout})::Cint
end

"The field of the charges (of those that are kept, if `nothing`), written into arrays of yours."
function evaluate!(solver::Solver, charges, potentials, gradients = nothing, hessians = nothing)
    q, u, g, h = layout(charges), layout(potentials), layout(gradients), layout(hessians)
    GC.@preserve solver charges potentials gradients hessians q u g h @away @ccall library.fmm_evaluate_array(
        solver.handle::Ptr{Cvoid}, address(q)::Ptr{Layout}, address(u)::Ptr{Layout}, address(g)::Ptr{Layout}, address(h)::Ptr{Layout})::Cint
end

"The field of one vector of charges in fresh arrays: potentials m (p×m), and gradients 3×m (3×p×m) where the solver was made with `gradient = true`, or else nothing."
function evaluate(solver::Solver, charges)
    _, targets, _, numbers = sizes(solver)
    shape = numbers == 1 ? (targets,) : (numbers, targets)
    potentials, gradients = zeros(shape), solver.gradient ? zeros(3, shape...) : nothing
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
function verify(solver::Solver, samples::Integer = 200)
    errors, count = zeros(4), Int64(samples)
    GC.@preserve solver errors @away @ccall library.fmm_verify(solver.handle::Ptr{Cvoid}, count::Int64, pointer(errors)::Ptr{Cdouble})::Cint
    errors
end

"What ran last, as JSON."
function report(solver::Solver)
    needed = Ref{Csize_t}(0)
    check(@ccall library.fmm_report(solver.handle::Ptr{Cvoid}, C_NULL::Ptr{UInt8}, 0::Csize_t, needed::Ptr{Csize_t})::Cint)
    bytes = zeros(UInt8, needed[] + 1)
    check(@ccall library.fmm_report(solver.handle::Ptr{Cvoid}, bytes::Ptr{UInt8}, length(bytes)::Csize_t, needed::Ptr{Csize_t})::Cint)
    String(bytes[1:end-1])
end

"Ends the call that runs on the solver, from any thread."
cancel(solver::Solver) = check(@ccall library.fmm_cancel(solver.handle::Ptr{Cvoid})::Cint)

end
