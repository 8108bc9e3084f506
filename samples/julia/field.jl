# The field of 4,000 charges from Julia: potential and gradient to a tolerance and the error that direct sums find; then a kernel of one's own, the
# screened charge exp(-k r) / (4 pi r) as a function, held against the built-in one.
#
#     FMM_LIBRARY=.../lib/libfmm.so julia field.jl
include(joinpath(@__DIR__, "..", "..", "systems", "library", "julia", "Fmm.jl"))
using .Fmm, Random

norm(x) = sqrt(sum(abs2, x))
require(holds, what) = holds || error(what)

Random.seed!(1)
n = 4000
points, charges = rand(3, n), rand(n) .- 0.5

solver = Solver("laplace"; tolerance = 1e-6, gradient = true)
set_points!(solver, points)
potentials, gradients = evaluate(solver, charges)
errors = verify(solver, 100)
println("error against 100 direct sums: potential ", errors[1], ", gradient ", errors[3])
require(errors[1] < 1e-6 && errors[3] < 1e-4 && size(gradients) == (3, n), "the field is wrong")

# Single precision, a view: taken as they lie.
singles = zeros(Float32, 2, n)
evaluate!(solver, view(Float32.(hcat(charges, charges)), :, 2), view(singles, 1, :), zeros(3, n))
require(norm(singles[1, :] - potentials) < 1e-5 * norm(potentials) && all(iszero, singles[2, :]), "the view is wrong")
close(solver)

function field(solver)
    set_points!(solver, points)
    u, _ = evaluate(solver, charges)
    close(solver)
    u
end

const k = 2.5
value(r) = exp(-k * r) / (4pi * r)
slope(r) = -value(r) * (k + 1 / r)
own = field(Solver(value, slope; name = "screened", order = 8))
built_in = field(Solver("yukawa"; k, order = 8))
println("a kernel of our own against the built-in one: ", norm(own - built_in) / norm(built_in))
require(norm(own - built_in) < 1e-6 * norm(built_in), "the kernel is wrong")

# What is refused is an FmmError with its text.
solver = Solver("laplace")
try
    evaluate(solver, charges)
    error("charges without points were not refused")
catch refusal
    refusal isa FmmError || rethrow()
    println(refusal.text)
end
