using System.Runtime.CompilerServices;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

internal unsafe ref partial struct MutualRuns<TKernel, T, TRegister, TApart, TPart>
{
    // What the loop made of close pairs goes, and what the user's coordinates make of them comes.
    private void PutRight<TLoop>(in MutualColumns<T> columns)
        where TLoop : unmanaged, IRegister<TLoop, T>
    {
        PointList<T> rows = input.Points.SourceList(_run.Start, _run.Count);
        int leafEnd = input.Lists.Sources[_run.Level][_run.Row].End, ownCount = Math.Clamp(leafEnd - _run.Start - _flushed, 0, _count);
        int* some = close + Capacity;
        int number = ownCount == 0 ? 0 : FindRows(in rows, in columns, ownCount, some);
        for (int i = 0; i < number && !IsHopeless; i++)
        {
            int row = some[i], found = ClosePairs<T, TRegister>.Of(
                rows.X[row], rows.Y[row], rows.Z[row], columns.X, columns.Y, columns.Z, _same ? row + 1 : 0, ownCount, _reach, close);
            for (int k = 0; k < found; k++) PutRight<TLoop>(in rows, in columns, row, close[k], _run.Start + _flushed + close[k], ListMember.Home);
        }
        // Points that coincide lie in one leaf; points that are close may lie on both sides of a face, where few rows are.
        if (ownCount == _count || LevelUnit.IsAbsolute<T>()) return;
        number = ClosePairs<T, TRegister>.Outside(in rows, _halfWidth - _reach, some);
        for (int i = 0; i < number && !IsHopeless; i++)
        {
            int row = some[i], found = ClosePairs<T, TRegister>.Of(
                rows.X[row], rows.Y[row], rows.Z[row], columns.X, columns.Y, columns.Z, ownCount, _count, _reach, close);
            for (int k = 0; k < found; k++) PutRight<TLoop>(in rows, in columns, row, close[k], PointOf(_flushed + close[k], out int image), image);
        }
    }

    // Double precision's are those below what can be squared: differences tell them, and all rows are looked at.
    private readonly int FindRows(in PointList<T> rows, in MutualColumns<T> columns, int ownCount, int* found)
    {
        if (!LevelUnit.IsAbsolute<T>())
        {
            T* squares = memory + Length - Stride;
            return ClosePairs<T, TRegister>.Rows(in rows, columns.X, columns.Y, columns.Z, ownCount, _same, _reach, _halfWidth, squares, found);
        }
        for (int i = 0; i < rows.Count; i++) found[i] = i;
        return rows.Count;
    }

    // The point of a column, of all that the run has: the leaf's own from the run on, then members one by one.
    private readonly int PointOf(int column, out int image)
    {
        SourceRange leaf = input.Lists.Sources[_run.Level][_run.Row];
        column -= leaf.End - _run.Start;
        for (NearLists.Members member = input.Lists.Of(_run.Level, _run.Row); member.Next();)
        {
            SourceRange range = member.Behind(_run, leaf);
            image = member.Member.Image;
            if (column < range.Count) return range.Start + column;
            column -= range.Count;
        }
        throw new System.Diagnostics.UnreachableException();
    }

    [SkipLocalsInit]
    private void PutRight<TLoop>(in PointList<T> rows, in MutualColumns<T> columns, int row, int column, int point, int image)
        where TLoop : unmanaged, IRegister<TLoop, T>
    {
        const int most = PairField<TKernel, T, TRegister>.Most;
        Position from = input.Exact.Source(_run.Start + row), to = input.ExactSource(point, image);
        double dx = (to.X - from.X) / _unit, dy = (to.Y - from.Y) / _unit, dz = (to.Z - from.Z) / _unit;
        if (dx == 0 && dy == 0 && dz == 0) return;
        IsBeyond |= CloseReach.IsBeyond<T>(dx, dy, dz);
        ClosePairCount++;
        double* fields = stackalloc double[4 * most];
        T* charge = stackalloc T[TKernel.SourceComponents];
        T* rowCharge = input.Points.Charges(_run.Start + row, TKernel.SourceComponents);
        for (int c = 0; c < TKernel.SourceComponents; c++) charge[c] = columns.Charges[(c * Stride) + column];
        double* atRow = fields, atColumn = fields + most, exactRow = fields + (2 * most), exactColumn = fields + (3 * most);
        PairField<TKernel, T, TLoop>.Mutual<TPart>(
            _kernel, columns.X[column] - rows.X[row], columns.Y[column] - rows.Y[row], columns.Z[column] - rows.Z[row], rowCharge, charge, atRow, atColumn);
        ExactPairField.Mutual<TKernel, T, TPart>(_kernel, dx, dy, dz, rowCharge, charge, exactRow, exactColumn);
        for (int c = 0; c < Components; c++)
        {
            RowSums[(c * RowStride) + row] += T.CreateTruncating(exactRow[c] - atRow[c]);
            columns.Sums[(c * Stride) + column] += T.CreateTruncating(exactColumn[c] - atColumn[c]);
        }
    }
}
