"""Calls of FMM3D's shapes: against direct sums, and the direct sums against formulas written out."""

import unittest

import numpy as np

import fmmengine.fmm3d as fmm
import sums
from fmmengine import ArgumentError

# Direct sums are asked for here alone.
FEW = 200


def rows(values):
    """FMM3D's (.., 3, n) as (n, .., 3)."""
    return np.moveaxis(values, -1, 0)


class Fmm3dTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.sources = np.asfortranarray(sums.cloud(2500).T)
        cls.targets = np.asfortranarray(sums.cloud(600, seed=4).T)
        cls.charges = sums.signs(2500)
        cls.dipoles = sums.signs(3, 2500, seed=5)
        cls.few = cls.sources[:, :FEW], cls.targets[:, :FEW]

    def assert_near(self, found, exact, bound):
        self.assertEqual(found.shape[:-1], exact.shape[:-1])
        self.assertLess(sums.error(found[..., :FEW], exact), bound)

    def test_laplace_charges_at_sources_and_targets(self):
        out = fmm.lfmm3d(eps=1e-6, sources=self.sources, charges=self.charges, targets=self.targets, pg=3, pgt=3)
        self.assertEqual([part.shape for part in (out.pot, out.grad, out.hess)], [(2500,), (3, 2500), (6, 2500)])
        self.assertEqual([part.shape for part in (out.pottarg, out.gradtarg, out.hesstarg)], [(600,), (3, 600), (6, 600)])
        self.assertEqual(out.ier, 0)
        for points, pot, grad, hess in zip(self.few, (out.pot, out.pottarg), (out.grad, out.gradtarg), (out.hess, out.hesstarg)):
            potential, gradient, hessian = sums.laplace(self.sources.T, points.T, self.charges)
            self.assert_near(pot, potential, 1e-6)
            self.assert_near(grad, gradient.T, 1e-4)
            # xx yy zz xy xz yz there, xx xy xz yy yz zz here.
            self.assert_near(hess, hessian.T[[0, 3, 5, 1, 2, 4]], 1e-3)

    def test_what_is_not_asked_for_is_none(self):
        out = fmm.lfmm3d(eps=1e-3, sources=self.sources, charges=self.charges, pg=1)
        self.assertTrue(all(part is None for part in (out.grad, out.hess, out.pottarg, out.gradtarg, out.hesstarg, out.pre, out.pretarg)))
        out = fmm.lfmm3d(eps=1e-3, sources=self.sources, charges=self.charges, targets=self.targets, pg=1, pgt=2)
        self.assertTrue(out.grad is None and out.gradtarg.shape == (3, 600))
        out = fmm.lfmm3d(eps=1e-3, sources=self.sources, charges=self.charges, targets=self.targets, pgt=1)
        self.assertTrue(out.pot is None and out.pottarg.shape == (600,))

    def test_dipoles_alone_and_with_charges(self):
        for charges in (None, self.charges):
            with self.subTest(charges=charges is not None):
                out = fmm.lfmm3d(eps=1e-6, sources=self.sources, charges=charges, dipvec=self.dipoles, targets=self.targets, pg=2, pgt=2)
                for points, pot, grad in zip(self.few, (out.pot, out.pottarg), (out.grad, out.gradtarg)):
                    exact = fmm.l3ddir(sources=self.sources, targets=points, charges=charges, dipvec=self.dipoles, pgt=2)
                    self.assert_near(pot, exact.pottarg, 1e-6)
                    self.assert_near(grad, exact.gradtarg, 1e-4)

    def test_several_densities_have_an_axis_in_front(self):
        charges, dipoles = sums.signs(3, 2500), sums.signs(3, 3, 2500, seed=6)
        out = fmm.lfmm3d(eps=1e-5, sources=self.sources, charges=charges, dipvec=dipoles, targets=self.targets, pg=2, pgt=2, nd=3)
        self.assertEqual([part.shape for part in (out.pot, out.grad, out.pottarg, out.gradtarg)], [(3, 2500), (3, 3, 2500), (3, 600), (3, 3, 600)])
        for i in range(3):
            exact = fmm.l3ddir(sources=self.sources, targets=self.few[0], charges=charges[i], dipvec=dipoles[i], pgt=2)
            self.assert_near(out.pot[i], exact.pottarg, 1e-5)
            self.assert_near(out.grad[i], exact.gradtarg, 1e-3)

    def test_helmholtz_with_real_and_complex_wave_numbers(self):
        charges = self.charges + 1j * sums.signs(2500, seed=7)
        for zk in (4.0, 4 + 0.5j):
            with self.subTest(zk=zk):
                out = fmm.hfmm3d(eps=1e-5, zk=zk, sources=self.sources, charges=charges, targets=self.targets, pg=2, pgt=2)
                for points, pot, grad in zip(self.few, (out.pot, out.pottarg), (out.grad, out.gradtarg)):
                    potential, gradient = sums.helmholtz(zk, self.sources.T, points.T, charges)
                    self.assert_near(pot, potential, 1e-5)
                    self.assert_near(grad, gradient.T, 1e-3)
        out = fmm.hfmm3d(eps=1e-4, zk=4, sources=self.sources, charges=np.stack((charges, 2 * charges)), pg=1, nd=2)
        self.assertEqual(out.pot.shape, (2, 2500))

    def test_stokes_forces_stresslets_rotlets_and_doublets(self):
        sources, targets, n = self.sources[:, :800], self.targets[:, :100], 800
        f, m, o, a, b, p, q = (sums.signs(3, n, seed=seed) for seed in range(10, 17))
        out = fmm.stfmm3d(
            eps=1e-4, sources=sources, stoklet=f, strslet=m, strsvec=o, rotlet=a, rotvec=b, doublet=p, doubvec=q, targets=targets, ifppreg=3, ifppregtarg=3)
        self.assertEqual([part.shape for part in (out.pot, out.pre, out.grad)], [(1, 3, n), (1, n), (1, 3, 3, n)])

        def velocity(points):
            d, inverse = sums.pairs(sources.T, points)
            dot = lambda v: np.einsum("ijk,kj->ij", d, v)
            u = sums.stokes(sources.T, points, f.T)
            stress = 3 * inverse ** 5 * (dot(m) * dot(o) + dot(p) * dot(q)) - inverse ** 3 * np.sum(p * q, axis=0)
            u += np.einsum("ij,ijk->ik", stress, d) / (4 * np.pi)
            for one, other in ((a, b), (p, q)):
                u += ((inverse ** 3 * dot(other)) @ one.T - (inverse ** 3 * dot(one)) @ other.T) / (4 * np.pi)
            return u

        d, inverse = sums.pairs(sources.T, targets.T)
        dot = lambda v: np.einsum("ijk,kj->ij", d, v)
        pressure = np.sum(inverse ** 3 * dot(f), axis=1) / (4 * np.pi)
        for one, other in ((m, o), (p, q)):
            pressure += (np.sum(3 * inverse ** 5 * dot(one) * dot(other), axis=1) - inverse ** 3 @ np.sum(one * other, axis=0)) / (2 * np.pi)
        self.assertLess(sums.error(out.pottarg[0], velocity(targets.T).T), 1e-3)
        self.assertLess(sums.error(out.pretarg[0], pressure), 1e-2)
        self.assertLess(sums.error(out.pot[0], velocity(sources.T).T), 1e-3)
        # Entry [i, j] of the gradient is d/dx_i of component j.
        for axis in range(3):
            step = np.zeros(3)
            step[axis] = 1e-6
            slope = (velocity(targets.T + step) - velocity(targets.T - step)) / 2e-6
            self.assertLess(sums.error(out.gradtarg[0, axis], slope.T), 1e-2)

    def test_stokes_densities_of_several_and_one_of_a_kind(self):
        forces = sums.signs(2, 3, 2500)
        out = fmm.stfmm3d(eps=1e-4, sources=self.sources, stoklet=forces, ifppreg=2, nd=2)
        self.assertEqual((out.pot.shape, out.pre.shape, out.grad), ((2, 3, 2500), (2, 2500), None))
        exact = sums.stokes(self.sources.T, self.few[0].T, forces[1].T)
        self.assert_near(out.pot[1], exact.T, 1e-4)
        rotlets = fmm.stfmm3d(eps=1e-4, sources=self.sources, rotlet=forces[0], rotvec=forces[1], ifppreg=2)
        self.assertTrue(np.all(rotlets.pre == 0))

    def test_direct_sums_are_those_of_the_formulas(self):
        sources, targets = self.sources[:, :300], np.concatenate((self.sources[:, :20], self.targets[:, :20]), axis=1)
        potential, gradient, hessian = sums.laplace(sources.T, targets.T, self.charges[:300])
        out = fmm.l3ddir(sources=sources, targets=targets, charges=self.charges[:300], pgt=3)
        for found, right in ((out.pottarg, potential), (out.gradtarg, gradient.T), (out.hesstarg, hessian.T[[0, 3, 5, 1, 2, 4]])):
            np.testing.assert_allclose(found, right, rtol=1e-12, atol=1e-10 * np.abs(right).max())
        charges = self.charges[:300] + 1j
        out = fmm.h3ddir(zk=3 + 0.1j, sources=sources, targets=targets, charges=charges, pgt=2)
        potential, gradient = sums.helmholtz(3 + 0.1j, sources.T, targets.T, charges)
        np.testing.assert_allclose(out.pottarg, potential, rtol=1e-10)
        np.testing.assert_allclose(out.gradtarg, gradient.T, rtol=1e-10, atol=1e-10 * np.abs(gradient).max())

    def test_direct_dipoles_are_pairs_of_charges_close_by(self):
        sources, targets, dipoles, step = self.sources[:, :50], self.targets[:, :50], self.dipoles[:, :50], 1e-6
        both = np.concatenate((sources + step * dipoles, sources - step * dipoles), axis=1)
        q = np.concatenate((np.full(50, 0.5 / step), np.full(50, -0.5 / step)))
        pairs, exact = fmm.l3ddir(sources=both, targets=targets, charges=q, pgt=3), fmm.l3ddir(sources=sources, targets=targets, dipvec=dipoles, pgt=3)
        for found, right in ((pairs.pottarg, exact.pottarg), (pairs.gradtarg, exact.gradtarg), (pairs.hesstarg, exact.hesstarg)):
            self.assertLess(sums.error(found, right), 1e-4)
        pairs, exact = (fmm.h3ddir(zk=5 + 1j, targets=targets, pgt=2, **what) for what in ({"sources": both, "charges": q}, {"sources": sources, "dipvec": dipoles}))
        self.assertLess(sums.error(pairs.pottarg, exact.pottarg), 1e-4)
        self.assertLess(sums.error(pairs.gradtarg, exact.gradtarg), 1e-4)

    def test_one_source_may_be_three_numbers(self):
        out = fmm.lfmm3d(eps=1e-6, sources=np.zeros(3), dipvec=np.array([0, 0, 1.0]), targets=np.array([[0], [0], [2.0]]), pgt=1)
        np.testing.assert_allclose(out.pottarg, [1 / (16 * np.pi)], rtol=1e-12)

    def test_what_is_wrong_or_not_there_is_refused_by_name(self):
        x, q, v, t = self.sources, self.charges, self.dipoles, self.targets
        for call, words in (
            (lambda: fmm.lfmm3d(eps=1e-3, sources=x, charges=q), "pg"),
            (lambda: fmm.lfmm3d(eps=1e-3, sources=x, pg=1), "charges"),
            (lambda: fmm.lfmm3d(eps=1e-3, sources=x, charges=q, pg=4), "from 0 to 3"),
            (lambda: fmm.lfmm3d(eps=1e-3, sources=x, charges=q, pgt=1), "no targets"),
            (lambda: fmm.lfmm3d(eps=1e-3, sources=x.T, charges=q, pg=1), "sources.T"),
            (lambda: fmm.lfmm3d(eps=1e-3, sources=x, charges=q[:-1], pg=1), r"\(2500,\)"),
            (lambda: fmm.lfmm3d(eps=1e-3, sources=x, charges=q, pg=1, nd=2), r"\(2, 2500\)"),
            (lambda: fmm.lfmm3d(eps=1e-3, sources=x, charges=q, dipvec=v.T, pg=1), "dipvec"),
            (lambda: fmm.lfmm3d(eps=1e-3, sources=x, dipvec=v, pg=3), "second derivatives"),
            (lambda: fmm.lfmm3d(eps=-1, sources=x, charges=q, pg=1), "1e-13 to 0.1"),
            (lambda: fmm.lfmm3d(eps=1e-3, sources=x, charges=q + 1j, pg=1), "complex"),
            (lambda: fmm.hfmm3d(eps=1e-3, zk=1, sources=x, dipvec=v, pg=1), "dipoles of Helmholtz"),
            (lambda: fmm.hfmm3d(eps=1e-3, zk=1, sources=x, charges=q, pg=3), "from 0 to 2"),
            (lambda: fmm.hfmm3d(eps=1e-3, zk=1 - 1j, sources=x, charges=q, pg=1), "decay"),
            (lambda: fmm.stfmm3d(eps=1e-3, sources=x, ifppreg=1), "nothing to sum"),
            (lambda: fmm.stfmm3d(eps=1e-3, sources=x, strslet=v, ifppreg=1), "go together"),
            (lambda: fmm.stfmm3d(eps=1e-3, sources=x, stoklet=v), "ifppreg"),
            (lambda: fmm.l3ddir(sources=x, targets=t, pgt=1), "nothing to sum"),
        ):
            with self.subTest(words), self.assertRaisesRegex(ArgumentError, words):
                call()


if __name__ == "__main__":
    unittest.main()
