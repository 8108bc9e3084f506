! Fmm Engine from Fortran: the functions of fmm.h as procedures of a solver.
!
!     type(fmm_solver) :: solver
!     call solver%create('laplace', 'tolerance=1e-6 gradient')
!     call solver%set_points(points)                         ! (3, n); or sources, targets
!     call solver%evaluate(charges, potentials, gradients)   ! (n), (n), (3, n)
!     call solver%free()
!
! Arrays are real(c_double), contiguous, and taken as they are; axes stand in the order of the memory, so the last of fmm.h comes first:
! points (3, n), charges ([s,] n [, v]), potentials ([p,] m [, v]), gradients (3, [p,] m [, v]), hessians (6, m [, v]), of v charge
! vectors. Each procedure has an optional status: with it, it tells fmm_ok or what was refused, and outputs are untouched; without it
! a refusal ends the program with the text of fmm_message(). A solver is freed where it goes out of scope; don't assign it to another.
module fmm
   use, intrinsic :: iso_c_binding
   use, intrinsic :: iso_fortran_env, only: error_unit
   implicit none
   private
   public :: fmm_message, fmm_scalar, fmm_batch

   integer(c_int), parameter, public :: fmm_ok = 0, fmm_invalid_argument = 1, fmm_invalid_handle = 2, fmm_busy = 3, &
      fmm_invalid_state = 4, fmm_invalid_kernel = 5, fmm_range = 6, fmm_tolerance = 7, fmm_cancelled = 8, fmm_no_memory = 9, &
      fmm_unavailable = 10, fmm_forked = 11, fmm_internal = 12

   type, public :: fmm_solver
      type(c_ptr), private :: handle = c_null_ptr
   contains
      procedure :: create, create_custom, set_points, move_points, set_charges, evaluate, verify, report
      procedure :: free => free_solver
      final :: finish
   end type

   type, bind(c) :: fmm_array
      type(c_ptr) :: data
      integer(c_int64_t) :: shape(4), strides(4)
      integer(c_int32_t) :: dimensions, type
   end type

   type, bind(c) :: fmm_kernel
      integer(c_size_t) :: size
      type(c_ptr) :: name
      type(c_funptr) :: scalar, batch
      type(c_ptr) :: user
      integer(c_int32_t) :: potential_only
   end type

   abstract interface
      ! A kernel of your own: K(r), and dK/dr where it is asked for. Called from several threads at once.
      function fmm_scalar(r, derivative, user) bind(c) result(k)
         import
         real(c_double), value :: r
         real(c_double), intent(out), optional :: derivative
         type(c_ptr), value :: user
         real(c_double) :: k
      end
      ! The same of many distances.
      subroutine fmm_batch(count, r, values, derivatives, user) bind(c)
         import
         integer(c_int64_t), value :: count
         real(c_double), intent(in) :: r(count)
         real(c_double), intent(out) :: values(count)
         real(c_double), intent(out), optional :: derivatives(count)
         type(c_ptr), value :: user
      end
      function of_array(solver, array) bind(c) result(status)
         import
         type(c_ptr), value :: solver
         type(fmm_array), intent(in) :: array
         integer(c_int) :: status
      end
      function of_arrays(solver, sources, targets) bind(c) result(status)
         import
         type(c_ptr), value :: solver
         type(fmm_array), intent(in) :: sources, targets
         integer(c_int) :: status
      end
   end interface

   procedure(of_array), bind(c, name='fmm_set_points_array') :: c_set_points
   procedure(of_array), bind(c, name='fmm_move_points_array') :: c_move_points
   procedure(of_array), bind(c, name='fmm_set_charges_array') :: c_set_charges
   procedure(of_arrays), bind(c, name='fmm_set_sources_targets_array') :: c_set_both
   procedure(of_arrays), bind(c, name='fmm_move_sources_targets_array') :: c_move_both

   interface
      function c_last_error() bind(c, name='fmm_last_error') result(text)
         import
         type(c_ptr) :: text
      end
      function c_free(solver) bind(c, name='fmm_free') result(status)
         import
         type(c_ptr), value :: solver
         integer(c_int) :: status
      end
      function c_create(kernel, options, solver) bind(c, name='fmm_create') result(status)
         import
         character(kind=c_char), intent(in) :: kernel(*), options(*)
         type(c_ptr), intent(out) :: solver
         integer(c_int) :: status
      end
      function c_create_custom(kernel, options, solver) bind(c, name='fmm_create_custom') result(status)
         import
         type(fmm_kernel), intent(in) :: kernel
         character(kind=c_char), intent(in) :: options(*)
         type(c_ptr), intent(out) :: solver
         integer(c_int) :: status
      end
      function c_evaluate(solver, charges, potentials, gradients, hessians) bind(c, name='fmm_evaluate_array') result(status)
         import
         type(c_ptr), value :: solver
         type(fmm_array), intent(in), optional :: charges, potentials, gradients, hessians
         integer(c_int) :: status
      end
      function c_verify(solver, samples, errors) bind(c, name='fmm_verify') result(status)
         import
         type(c_ptr), value :: solver
         integer(c_int64_t), value :: samples
         real(c_double), intent(out) :: errors(4)
         integer(c_int) :: status
      end
      function c_report(solver, text, capacity, length) bind(c, name='fmm_report') result(status)
         import
         type(c_ptr), value :: solver, text
         integer(c_size_t), value :: capacity
         integer(c_size_t), intent(inout) :: length
         integer(c_int) :: status
      end
   end interface

contains

   ! What the last call of this thread that failed had to say.
   function fmm_message() result(text)
      character(:), allocatable :: text
      character(kind=c_char), pointer :: letters(:)
      integer :: length
      call c_f_pointer(c_last_error(), letters, [huge(length)])
      length = 0
      do while (letters(length + 1) /= c_null_char)
         length = length + 1
      end do
      allocate (character(length) :: text)
      text = transfer(letters(:length), text)
   end

   ! Kernel and options as docs/c.md has them: 'yukawa', 'k=2.5 order=8 gradient'.
   subroutine create(self, kernel, options, status)
      class(fmm_solver), intent(inout) :: self
      character(*), intent(in) :: kernel
      character(*), intent(in), optional :: options
      integer, intent(out), optional :: status
      type(c_ptr) :: made
      integer :: told
      made = c_null_ptr
      told = c_create(ended(kernel), ended(options), made)
      call replace(self, made, told, status)
   end

   ! A kernel of your own by procedures of a module: scalar, batch, or both. user is handed to them.
   subroutine create_custom(self, name, scalar, batch, options, user, potential_only, status)
      class(fmm_solver), intent(inout) :: self
      character(*), intent(in) :: name
      procedure(fmm_scalar), optional :: scalar
      procedure(fmm_batch), optional :: batch
      character(*), intent(in), optional :: options
      type(c_ptr), intent(in), optional :: user
      logical, intent(in), optional :: potential_only
      integer, intent(out), optional :: status
      character(:, c_char), allocatable, target :: name_ended
      type(fmm_kernel) :: kernel
      type(c_ptr) :: made
      integer :: told
      made = c_null_ptr
      name_ended = ended(name)
      kernel = fmm_kernel(c_sizeof(kernel), c_loc(name_ended), c_null_funptr, c_null_funptr, c_null_ptr, 0)
      if (present(scalar)) kernel%scalar = c_funloc(scalar)
      if (present(batch)) kernel%batch = c_funloc(batch)
      if (present(user)) kernel%user = user
      if (present(potential_only)) kernel%potential_only = merge(1, 0, potential_only)
      told = c_create_custom(kernel, ended(options), made)
      call replace(self, made, told, status)
   end

   ! Points that are sources and targets at once; or sources, and targets that differ.
   subroutine set_points(self, points, targets, status)
      class(fmm_solver), intent(inout) :: self
      real(c_double), contiguous, target, intent(in) :: points(:, :)
      real(c_double), contiguous, target, intent(in), optional :: targets(:, :)
      integer, intent(out), optional :: status
      if (present(targets)) then
         call judge(c_set_both(self%handle, laid(points), laid(targets)), status)
      else
         call judge(c_set_points(self%handle, laid(points)), status)
      end if
   end

   ! The same points in the same order, elsewhere.
   subroutine move_points(self, points, targets, status)
      class(fmm_solver), intent(inout) :: self
      real(c_double), contiguous, target, intent(in) :: points(:, :)
      real(c_double), contiguous, target, intent(in), optional :: targets(:, :)
      integer, intent(out), optional :: status
      if (present(targets)) then
         call judge(c_move_both(self%handle, laid(points), laid(targets)), status)
      else
         call judge(c_move_points(self%handle, laid(points)), status)
      end if
   end

   ! Charges that evaluate takes where it is given none.
   subroutine set_charges(self, charges, status)
      class(fmm_solver), intent(inout) :: self
      real(c_double), contiguous, target, intent(in) :: charges(..)
      integer, intent(out), optional :: status
      call judge(c_set_charges(self%handle, laid(charges)), status)
   end

   subroutine evaluate(self, charges, potentials, gradients, hessians, status)
      class(fmm_solver), intent(inout) :: self
      real(c_double), contiguous, target, intent(in), optional :: charges(..)
      real(c_double), contiguous, target, intent(inout) :: potentials(..)
      real(c_double), contiguous, target, intent(inout), optional :: gradients(..), hessians(..)
      integer, intent(out), optional :: status
      type(fmm_array), allocatable :: of_charges, of_gradients, of_hessians ! An array that is not allocated is an argument that is absent.
      if (present(charges)) of_charges = laid(charges)
      if (present(gradients)) of_gradients = laid(gradients)
      if (present(hessians)) of_hessians = laid(hessians)
      call judge(c_evaluate(self%handle, of_charges, laid(potentials), of_gradients, of_hessians), status)
   end

   ! Relative errors of the last fields by direct sums: potentials in the 2-norm, at worst, gradients, hessians; NaN where not computed.
   subroutine verify(self, samples, errors, status)
      class(fmm_solver), intent(inout) :: self
      integer, intent(in) :: samples
      real(c_double), intent(out) :: errors(4)
      integer, intent(out), optional :: status
      call judge(c_verify(self%handle, int(samples, c_int64_t), errors), status)
   end

   ! What ran last, as JSON.
   subroutine report(self, text, status)
      class(fmm_solver), intent(inout) :: self
      character(:), allocatable, intent(out) :: text
      integer, intent(out), optional :: status
      character(:, c_char), allocatable, target :: bytes
      integer(c_size_t) :: length
      integer :: told
      length = 0
      told = c_report(self%handle, c_null_ptr, 0_c_size_t, length)
      if (told == fmm_ok) then
         allocate (character(length + 1) :: bytes)
         told = c_report(self%handle, c_loc(bytes), length + 1, length)
         text = bytes(:length)
      end if
      call judge(told, status)
   end

   subroutine free_solver(self, status)
      class(fmm_solver), intent(inout) :: self
      integer, intent(out), optional :: status
      integer :: told
      told = c_free(self%handle)
      if (told == fmm_ok) self%handle = c_null_ptr
      call judge(told, status)
   end

   subroutine finish(self)
      type(fmm_solver), intent(inout) :: self
      if (c_free(self%handle) == fmm_ok) self%handle = c_null_ptr
   end

   subroutine replace(self, made, told, status)
      class(fmm_solver), intent(inout) :: self
      type(c_ptr), intent(in) :: made
      integer, intent(in) :: told
      integer, intent(out), optional :: status
      call judge(told, status)
      if (told /= fmm_ok) return
      call free_solver(self)
      self%handle = made
   end

   subroutine judge(told, status)
      integer, intent(in) :: told
      integer, intent(out), optional :: status
      if (present(status)) then
         status = told
      else if (told /= fmm_ok) then
         write (error_unit, '(a)') fmm_message()
         error stop told
      end if
   end

   function laid(values) result(array)
      real(c_double), contiguous, target, intent(in) :: values(..)
      type(fmm_array) :: array
      integer :: axis, d
      d = rank(values)
      array = fmm_array(c_loc(values), 1_c_int64_t, 8_c_int64_t, d, 0)
      do axis = 1, min(d, 4)
         array%shape(axis) = size(values, d + 1 - axis, c_int64_t)
      end do
      do axis = min(d, 4) - 1, 1, -1
         array%strides(axis) = array%strides(axis + 1) * array%shape(axis + 1)
      end do
   end

   function ended(text) result(bytes)
      character(*), intent(in), optional :: text
      character(:, c_char), allocatable :: bytes
      bytes = c_null_char
      if (present(text)) bytes = trim(text) // c_null_char
   end

end module
