! What the procedures of the module do and refuse: prints what does not hold, or that all did. With the argument "refused" it ends by a refusal.
module kernels
   use, intrinsic :: iso_c_binding
   implicit none

contains

   subroutine reciprocal(count, r, values, derivatives, user) bind(c)
      integer(c_int64_t), value :: count
      real(c_double), intent(in) :: r(count)
      real(c_double), intent(out) :: values(count)
      real(c_double), intent(out), optional :: derivatives(count)
      type(c_ptr), value :: user
      real(c_double), pointer :: factor
      call c_f_pointer(user, factor)
      values = factor / r
      if (present(derivatives)) derivatives = -factor / r**2
   end subroutine
end module

program procedures
   use, intrinsic :: iso_c_binding
   use fmm
   use kernels
   implicit none
   integer, parameter :: n = 500, m = 200, v = 2
   real(c_double), parameter :: four_pi = 12.566370614359172954_c_double
   real(c_double), target :: factor = 1 / four_pi
   type(fmm_solver) :: solver
   real(c_double) :: points(3, n), targets(3, m), charges(n), both(n, v), forces(3, n)
   real(c_double) :: field(n), slope(3, n), hessian(6, n), others(m, v), slopes(3, m, v), velocities(3, n), wide(4, n)
   real(c_double) :: exact(n), errors(4)
   character(:), allocatable :: text
   character(7) :: word
   integer :: status, failures = 0

   call get_command_argument(1, word)
   if (word == 'refused') call solver%create('nonsense')

   call random_number(points)
   call random_number(targets)
   call random_number(both)
   call random_number(forces)
   charges = both(:, 1)
   call solver%set_points(points, status=status)
   call expect(status == fmm_invalid_handle, 'a solver that was not made is refused')
   call solver%create('nonsense', status=status)
   call expect(status == fmm_invalid_argument .and. index(fmm_message(), 'nonsense') > 0, 'an unknown kernel is refused by name')
   call solver%create('laplace', 'order=6 leaf=40 gradient hessian ', status)
   call expect(status == fmm_ok, 'trailing blanks of options do no harm')
   call solver%evaluate(charges, field, status=status)
   call expect(status == fmm_invalid_state, 'there are no points yet')
   call solver%set_points(transpose(points), status=status)
   call expect(status == fmm_invalid_argument, 'points are (3, n), not (n, 3)')

   ! Sources that are targets, all outputs, kept charges, a move.
   call solver%set_points(points)
   call solver%evaluate(charges, field, slope, hessian)
   exact = sums(points, n)
   call expect(norm2(field - exact) < 1e-5 * norm2(exact), 'potentials are those of the direct sums')
   call expect(all(abs(hessian(1, :) + hessian(4, :) + hessian(6, :)) < 1e-2 * maxval(abs(hessian))), 'the hessian has no trace')
   call solver%verify(n, errors)
   call expect(errors(1) < 1e-5 .and. errors(3) < 1e-3 .and. errors(4) < 1e-2, 'verify tells all errors')
   field = 0
   call solver%evaluate(potentials=field)
   call expect(norm2(field - exact) < 1e-5 * norm2(exact), 'the charges of before are kept')
   call solver%set_charges(2 * charges)
   call solver%evaluate(potentials=field)
   call expect(norm2(field - 2 * exact) < 1e-5 * norm2(2 * exact), 'charges that were set are taken')
   field = -7
   call solver%evaluate(charges(2:), field, status=status)
   call expect(status == fmm_invalid_argument .and. all(field == -7), 'a refusal leaves outputs as they were')
   call solver%evaluate(charges, field, slope(:, 2:), status=status)
   call expect(status == fmm_invalid_argument .and. all(field == -7), 'gradients of other points are refused')
   points = points + 0.01 * sin(100 * points)
   call solver%move_points(points)
   call solver%evaluate(charges, field)
   exact = sums(points, n)
   call expect(norm2(field - exact) < 1e-5 * norm2(exact), 'moved points have their own field')
   call solver%report(text)
   call expect(text(1:1) == '{' .and. text(len(text):) == '}' .and. index(text, 'laplace') > 0, 'the report is JSON')

   ! A section that is not contiguous goes in as a copy and comes back.
   wide = -7
   call solver%evaluate(charges, wide(2, :))
   call expect(all(wide(2, :) == field) .and. all(wide(1, :) == -7), 'sections are written to')

   ! Targets that differ, two charge vectors.
   call solver%set_points(points, targets)
   call solver%evaluate(both, others, slopes)
   exact(:m) = sums(targets, m)
   call expect(norm2(others(:, 1) - exact(:m)) < 1e-5 * norm2(exact(:m)), 'targets have their potentials')
   call expect(norm2(slopes(:, :, 2)) > 0 .and. norm2(others(:, 2) - others(:, 1)) > 0, 'the second charge vector has its own')
   call solver%move_points(points, targets + 0.1)
   call solver%evaluate(charges, others(:, 2))
   call expect(norm2(others(:, 2) - others(:, 1)) > 0, 'moved targets have other potentials')
   call solver%set_points(points, targets(:2, :), status=status)
   call expect(status == fmm_invalid_argument, 'targets are (3, m)')

   ! Three numbers a point; a kernel of one's own by the batch alone.
   call solver%create('stokes', 'order=6 leaf=40')
   call solver%set_points(points)
   call solver%evaluate(forces, velocities)
   call solver%verify(n, errors)
   call expect(errors(1) < 1e-4 .and. norm2(velocities) > 0, 'Stokes takes (3, n) and gives (3, n)')
   call solver%create_custom('reciprocal', batch=reciprocal, options='order=6 leaf=40 gradient', user=c_loc(factor))
   call solver%set_points(points)
   call solver%evaluate(charges, field, slope)
   exact = sums(points, n)
   call expect(norm2(field - exact) < 1e-5 * norm2(exact), 'a kernel by its batch has its field')
   call solver%create_custom('reciprocal', batch=reciprocal, options='gradient', user=c_loc(factor), potential_only=.true., &
      status=status)
   call expect(status == fmm_invalid_argument, 'a kernel without a derivative has no gradient')
   call solver%create_custom('nothing', status=status)
   call expect(status == fmm_invalid_argument, 'a kernel without functions is refused')
   call solver%evaluate(charges, field, status=status)
   call expect(status == fmm_ok, 'a solver that was to be replaced and was not goes on')

   call solver%free()
   call solver%free(status)
   call expect(status == fmm_ok, 'what was freed is nothing, and to free it again does nothing')
   call leave()
   if (failures > 0) error stop 1
   print '(a)', 'all checks held'

contains

   subroutine leave()
      type(fmm_solver) :: own
      call own%create('laplace')
   end subroutine

   function sums(at, count) result(potentials)
      integer, intent(in) :: count
      real(c_double), intent(in) :: at(3, count)
      real(c_double) :: potentials(count), r(n)
      integer :: i
      do i = 1, count
         r = sqrt((points(1, :) - at(1, i))**2 + (points(2, :) - at(2, i))**2 + (points(3, :) - at(3, i))**2)
         potentials(i) = sum(charges / r, mask=r > 0) / four_pi
      end do
   end function

   subroutine expect(holds, what)
      logical, intent(in) :: holds
      character(*), intent(in) :: what
      if (holds) return
      failures = failures + 1
      print '(a, a, a, i0, a, a)', 'not: ', what, '; status ', status, ', last error: ', fmm_message()
   end subroutine
end program
