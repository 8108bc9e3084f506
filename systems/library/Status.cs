namespace Fmm.Library;

/// <summary>What became of a call: fmm_status of fmm.h.</summary>
internal enum Status
{
    Ok = 0,
    InvalidArgument = 1,
    InvalidHandle = 2,
    Busy = 3,
    InvalidState = 4,
    InvalidKernel = 5,
    Range = 6,
    Tolerance = 7,
    Cancelled = 8,
    NoMemory = 9,
    Unavailable = 10,
    Internal = 12,
}
