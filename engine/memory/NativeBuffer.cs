using System.Runtime.CompilerServices;

namespace Fmm.Engine;

/// <summary>
/// A growable array in native memory: 64-byte aligned, entered in a <see cref="Ledger"/>, with at least 64 readable
/// zero bytes past its last element, so that loops over full vectors need no remainder.
/// </summary>
/// <typeparam name="T">An unmanaged element.</typeparam>
/// <remarks>One owner: not to be resized while another thread uses it. Nothing here allocates on the managed heap
/// after the constructor.</remarks>
public sealed unsafe class NativeBuffer<T> : IDisposable
    where T : unmanaged
{
    private readonly NativeBlock _block;

    /// <summary>Makes a buffer of <paramref name="length"/> zero elements.</summary>
    /// <param name="ledger">The account that it is entered in, as a rule <see cref="World.Ledger"/>.</param>
    /// <param name="name">What a leak report calls it.</param>
    /// <param name="length">Elements; 0 to <see cref="int.MaxValue"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative or does not fit an int.</exception>
    /// <exception cref="InsufficientMemoryException">There is no memory for it; nothing stays in the ledger.</exception>
    public NativeBuffer(Ledger ledger, string name, long length = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, int.MaxValue);
        _block = new NativeBlock(ledger, name);
        try
        {
            Resize((int)length);
        }
        catch
        {
            _block.Dispose(); // Nobody else will: the caller never gets the buffer.
            throw;
        }
    }

    /// <summary>The first element; changes with <see cref="Resize"/>, null after <see cref="Dispose"/>.</summary>
    public T* Pointer { get; private set; }

    /// <summary>Elements in use.</summary>
    public int Length { get; private set; }

    /// <summary>Elements that fit before memory is taken anew.</summary>
    public long Capacity => _block.CapacityBytes / sizeof(T);

    /// <summary>All elements in use.</summary>
    public Span<T> Span => new(Pointer, Length);

    /// <summary>One element, checked against <see cref="Length"/>.</summary>
    /// <param name="index">From 0.</param>
    public ref T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if (unchecked((uint)index) >= (uint)Length) ThrowIndex(index);
            return ref Pointer[index];
        }
    }

    /// <summary>Sets the number of elements. Shrinking keeps the memory and what is left; growing may move it.</summary>
    /// <param name="length">The new number of elements.</param>
    /// <param name="keep">True: old elements stay, new ones are zero, capacity grows by half so that appending is linear.
    /// False: the contents are unspecified after growth (call <see cref="Clear"/> if zeros are wanted), and
    /// capacity grows to the length and an eighth, and the old memory is given back before the new is touched.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative.</exception>
    /// <exception cref="InsufficientMemoryException">There is no memory for it; the buffer is as it was, contents included.</exception>
    /// <exception cref="ObjectDisposedException">The buffer was disposed of.</exception>
    public void Resize(int length, bool keep = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        try
        {
            _block.Resize((long)length * sizeof(T), keep);
        }
        finally
        {
            // Also where a guard has told something: the memory has moved then.
            Pointer = (T*)_block.Pointer;
            Length = (int)(_block.UsedBytes / sizeof(T));
        }
    }

    /// <summary>Sets every element to zero bits.</summary>
    public void Clear() => _block.Zero(0, _block.UsedBytes);

    /// <summary>Frees the memory and strikes the buffer out of its ledger. A second call does nothing.</summary>
    /// <exception cref="MemoryGuardException">The ledger is guarded, and something was written outside of the buffer.</exception>
    public void Dispose()
    {
        Pointer = null;
        Length = 0;
        _block.Dispose();
    }

    /// <summary>Takes the memory that a Resize to this length needs; see <see cref="NativeBlock.Prepare"/>.</summary>
    internal void Prepare(int length, bool keep) => _block.Prepare((long)length * sizeof(T), keep);

    /// <summary>Gives back what was prepared.</summary>
    internal void Abandon() => _block.Abandon();

    private void ThrowIndex(int index) =>
        throw new ArgumentOutOfRangeException(nameof(index), index, $"Buffer '{_block.Name}' has {Length} elements; the index must be below that.");
}
