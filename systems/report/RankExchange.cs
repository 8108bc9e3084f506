namespace Fmm.Systems;

/// <summary>What one system of a rank told the others in the last update, and heard from them.</summary>
/// <param name="System">The system.</param>
/// <param name="BytesSent">Bytes that went out.</param>
/// <param name="BytesReceived">Bytes that came in.</param>
/// <param name="Messages">Messages that went out.</param>
/// <param name="WaitingSeconds">Seconds in which it waited for others.</param>
public sealed record RankExchange(string System, long BytesSent, long BytesReceived, long Messages, double WaitingSeconds);
