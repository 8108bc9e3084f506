! The field of 4,000 charges from Fortran: potential and gradient to a tolerance and the error that direct sums find; then a kernel of one's own,
! the screened charge exp(-k r) / (4 pi r) as a procedure, held against the built-in one.
!
!     gfortran -O2 fmm.f90 field.f90 -o field $(pkg-config --libs fmm) && ./field
module screened_charge
   use, intrinsic :: iso_c_binding
   implicit none
   real(c_double), parameter :: four_pi = 12.566370614359172954_c_double

contains

   function screened(r, derivative, user) bind(c) result(potential)
      real(c_double), value :: r
      real(c_double), intent(out), optional :: derivative
      type(c_ptr), value :: user
      real(c_double) :: potential
      real(c_double), pointer :: k
      call c_f_pointer(user, k)
      potential = exp(-k * r) / (four_pi * r)
      if (present(derivative)) derivative = -potential * (k + 1 / r)
   end function
end module

program field
   use, intrinsic :: iso_c_binding
   use fmm
   use screened_charge
   implicit none
   integer, parameter :: n = 4000
   type(fmm_solver) :: solver
   real(c_double) :: points(3, n), charges(n), potentials(n), gradients(3, n), own(n), errors(4), apart
   real(c_double), target :: k = 2.5_c_double
   integer :: status

   call random_seed(put=[(status, status=1, 64)])
   call random_number(points)
   call random_number(charges)
   charges = charges - 0.5_c_double

   call solver%create('laplace', 'tolerance=1e-6 gradient')
   call solver%set_points(points)
   call solver%evaluate(charges, potentials, gradients)
   call solver%verify(100, errors)
   print '(a, es8.1, a, es8.1)', 'error against 100 direct sums: potential', errors(1), ', gradient', errors(3)
   if (.not. (errors(1) < 1e-6 .and. errors(3) < 1e-4)) error stop 'the field is wrong'

   call solver%create_custom('screened', screened, options='order=8', user=c_loc(k))
   call solver%set_points(points)
   call solver%evaluate(charges, own)
   call solver%create('yukawa', 'k=2.5 order=8')
   call solver%set_points(points)
   call solver%evaluate(charges, potentials)
   apart = norm2(own - potentials) / norm2(potentials)
   print '(a, es8.1)', 'a kernel of our own against the built-in one:', apart
   if (.not. apart < 1e-6) error stop 'the kernel is wrong'

   ! What is refused has a status and a text; without the status it would end the program.
   call solver%evaluate(charges(:10), potentials, status=status)
   print '(a, i0, a, a)', 'status ', status, ': ', fmm_message()
   if (status /= fmm_invalid_argument) error stop 'ten charges for 4,000 points were not refused'
   call solver%free()
end program
