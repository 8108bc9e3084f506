namespace Fmm.Engine;

/// <summary>What a rank has sent to others and received from them; what stays on it does not count.</summary>
/// <param name="BytesSent">Bytes that went out.</param>
/// <param name="BytesReceived">Bytes that came in.</param>
/// <param name="Messages">Messages that went out; a collective call counts one to each rank that gets something.</param>
/// <param name="WaitingSeconds">Seconds in which it waited for others.</param>
public readonly record struct RankTraffic(long BytesSent, long BytesReceived, long Messages, double WaitingSeconds)
{
    /// <summary>What came since.</summary>
    public static RankTraffic operator -(RankTraffic now, RankTraffic before) => new(
        now.BytesSent - before.BytesSent, now.BytesReceived - before.BytesReceived, now.Messages - before.Messages, now.WaitingSeconds - before.WaitingSeconds);

    /// <summary>Both together.</summary>
    public static RankTraffic operator +(RankTraffic one, RankTraffic other) => new(
        one.BytesSent + other.BytesSent, one.BytesReceived + other.BytesReceived, one.Messages + other.Messages, one.WaitingSeconds + other.WaitingSeconds);
}
