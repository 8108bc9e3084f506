using System.Runtime.Intrinsics.X86;

namespace Fmm.Systems;

/// <content>The units of a pass.</content>
internal sealed unsafe partial class FftM2L<T, TOctet, TRegister>
{
    // The 8 x 8 blocks of a row of frequencies, one for each of 26 neighbouring octets, from the table of transfer vectors:
    // the slots of the eight targets of one source are a 2 x 2 x 2 cube of the table.
    private void ExpandRow(int unit)
    {
        int pairs = ExpansionSizes.SourceComponents * ExpansionSizes.PotentialComponents;
        nint first = (nint)(_pass.FirstRow - _rows.First(_pass.Kx) + unit) * Period * pairs;
        T* table = _operators!.Plane(_pass.Kx).Pointer + (first * 2 * TransferVectors.SlotStride);
        T* matrix = _matrices.Pointer + ((nint)unit * Period * MatrixLength);
        for (int i = 0; i < Period * pairs; i++, table += 2 * TransferVectors.SlotStride)
        {
            for (int octet = 0; octet < TransferVectors.OctetCount; octet++)
            {
                for (int source = 0; source < 8; source++, matrix += 16)
                {
                    T* from = table + TransferVectors.FirstSlot(octet, source);
                    for (int part = 0; part < 16; part += 8, from += TransferVectors.SlotStride)
                    {
                        for (int y = 0; y < 4; y++)
                        {
                            T* two = from + (7 * (y & 1)) + (49 * (y >> 1));
                            matrix[part + (2 * y)] = two[0];
                            matrix[part + (2 * y) + 1] = two[1];
                        }
                    }
                }
            }
        }
    }

    private void ForwardBatch(int first, int worker)
    {
        int surface = ExpansionSizes.Surface.Count;
        T* plane = _scratch.Of(worker);
        T* line = plane + PlaneLength;
        for (int place = first; place < Math.Min(first + Batch, _window.SourceCount); place++)
        {
            T* spectrum = _spectra.Pointer + (place * _octetStride);
            T* points = _points.Pointer + ((nint)place * ExpansionSizes.SourceComponents * PointsLength);
            RowRun octet = _window.Source(place);
            if (_pass.First) OctetRows.ToLanes(ExpansionSizes.Densities, Multipoles.Row(octet.Level, 8 * octet.Start), surface, plane, points);
            for (int c = 0; c < ExpansionSizes.SourceComponents; c++, points += PointsLength)
            {
                _transform.Plane(points, _pass.Kx, plane);
                for (int row = 0; row < _pass.RowCount; row++, spectrum += 16 * Period)
                    _transform.Row(plane, ExpansionSizes.Order, _rows.Ky(_pass.FirstRow + row), line, spectrum);
            }
        }
    }

    private void TransferBlock(RowRun block, int worker)
    {
        int rows = ExpansionSizes.PotentialComponents;
        T* locals = Locals.Row(block.Level, 8 * block.Start);
        if (_pass.First) new Span<T>(locals, rows * block.Count * PointsLength).Clear();
        BlockPairs pairs = Pairs(block, worker);
        int count = pairs.First(TransferVectors.OctetCount);
        if (count == 0) return;
        ReadOnlySpan<bool> active = Active(block, worker);
        T* targets = _scratch.Of(worker);
        nint stride = 16 * block.Count;
        T* planes = targets + (rows * Period * stride);
        T* scratch = planes + (rows * (nint)block.Count * PlaneLength);
        pairs.Place(_window.Places(block.Level), _octetStride / 16);
        new Span<T>(planes, rows * block.Count * PlaneLength).Clear();
        for (int row = 0; row < _pass.RowCount; row++)
        {
            Multiply(pairs, row, targets, stride);
            int ky = _rows.Ky(_pass.FirstRow + row), weight = _rows.Weight(_pass.FirstRow + row);
            for (int i = 0; i < rows * block.Count; i++)
            {
                if (!active[i % block.Count]) continue;
                T* spectrum = targets + (i / block.Count * Period * stride) + (16 * (i % block.Count));
                _transform.AddRow(spectrum, stride, ky, weight, scratch, planes + ((nint)i * PlaneLength));
            }
        }
        for (int i = 0; i < rows * block.Count; i++)
        {
            // Until the last pass the octet's rows hold points by lanes, component by component.
            T* points = locals + ((((i % block.Count) * rows) + (i / block.Count)) * (nint)PointsLength);
            if (active[i % block.Count]) _transform.AddPlane(planes + ((nint)i * PlaneLength), _pass.Kx, points);
        }
        if (_pass.Last)
        {
            for (int i = 0; i < block.Count; i++)
                OctetRows.FromLanes(ExpansionSizes.Checks, locals + (i * (nint)rows * PointsLength), ExpansionSizes.Surface.Count, targets);
        }
        Counters.Add(0, 512L * count * _pass.RowCount * Period * rows * ExpansionSizes.SourceComponents, 0);
    }

    private void Multiply(BlockPairs pairs, int row, T* targets, nint stride)
    {
        int columns = ExpansionSizes.SourceComponents, rows = ExpansionSizes.PotentialComponents;
        T* matrix = _matrices.Pointer + ((nint)row * Period * MatrixLength);
        int ahead = (pairs.SourceCount + TransferVectors.OctetCount - 1) / TransferVectors.OctetCount;
        for (int kz = 0; kz < Period; kz++)
        {
            for (int r = 0; r < rows; r++)
            {
                T* target = targets + (((r * Period) + kz) * stride);
                new Span<T>(target, (int)stride).Clear();
                for (int c = 0; c < columns; c++)
                {
                    T* source = _spectra.Pointer + (16 * ((((nint)c * _pass.RowCount) + row) * Period + kz));
                    for (int d = 0; d < TransferVectors.OctetCount; d++, matrix += 128)
                    {
                        Prefetch(matrix + MatrixLength, 128);
                        for (int i = d * ahead; i < Math.Min((d + 1) * ahead, pairs.SourceCount); i++) Prefetch(source + 16 + (16 * (nint)pairs.Sources[i]), 16);
                        SpectrumProduct<T, TRegister>.Add(matrix, pairs.Pairs(d), pairs.First(d + 1) - pairs.First(d), source, target);
                    }
                }
            }
        }
    }

    // What the next frequency takes: the sources stand far apart, so that the hardware does not foresee them.
    private static void Prefetch(T* numbers, int count)
    {
        if (!Sse.IsSupported) return;
        for (int i = 0; i < count; i += 64 / sizeof(T)) Sse.Prefetch0(numbers + i);
    }
}
