namespace Fmm.Library;

/// <summary>fmm_array of fmm.h.</summary>
internal unsafe struct NativeArray
{
    public void* Data;
    public fixed long Shape[4];
    public fixed long Strides[4];
    public int Dimensions;
    public int Type;

    /// <summary>Contiguous doubles.</summary>
    public static NativeArray Plain(void* data, params ReadOnlySpan<long> shape)
    {
        NativeArray array = new() { Data = data, Dimensions = shape.Length };
        long stride = sizeof(double);
        for (int axis = shape.Length - 1; axis >= 0; axis--)
        {
            array.Shape[axis] = shape[axis];
            array.Strides[axis] = stride;
            stride *= shape[axis];
        }

        return array;
    }
}
