using System.Numerics;
using System.Runtime.CompilerServices;

namespace Fmm.Engine;

/// <summary>
/// The tiles of the managed matrix product. A tile of four rows by two registers is the smallest that keeps two
/// multiply-add units of a latency of four busy; larger ones load less for each product.
/// </summary>
internal static unsafe class GemmTiles
{
    /// <summary>The largest number of rows of a tile.</summary>
    public const int MaxRows = 12;

    /// <summary>Rows of the next tile where so many are left: tiles of 6 and 4 leave at most one row of a tile unused, save at the very last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Rows<TRegister>(int left)
        where TRegister : unmanaged
    {
        // 24 running sums need the 32 registers that come with 512 bits.
        if (sizeof(TRegister) == 64 && left >= 12) return 12;
        return left >= 9 || left is 5 or 6 ? 6 : 4;
    }

    /// <summary>Makes one tile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TRegister, T>(int rows, int k, GemmOperand<T> a, T* b, nint bStep, T alpha, T beta, T* c, nint ldc)
        where TRegister : unmanaged, IRegister<TRegister, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (rows == 4) GemmTile4<TRegister, T>.Run(k, a.Data, a.RowStep, a.ColumnStep, b, bStep, alpha, beta, c, ldc);
        else if (rows == 6) GemmTile6<TRegister, T>.Run(k, a.Data, a.RowStep, a.ColumnStep, b, bStep, alpha, beta, c, ldc);
        else GemmTile12<TRegister, T>.Run(k, a.Data, a.RowStep, a.ColumnStep, b, bStep, alpha, beta, c, ldc);
    }

    /// <summary>Puts a row of finished sums into C.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TRegister, T>(T* c, TRegister left, TRegister right, TRegister alpha, TRegister beta, bool reads)
        where TRegister : unmanaged, IRegister<TRegister, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        left *= alpha;
        right *= alpha;
        if (reads)
        {
            left = TRegister.MultiplyAdd(beta, TRegister.Load(c), left);
            right = TRegister.MultiplyAdd(beta, TRegister.Load(c + TRegister.Count), right);
        }

        TRegister.Store(left, c);
        TRegister.Store(right, c + TRegister.Count);
    }
}
