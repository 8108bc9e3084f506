using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Fmm.Samples;

/// <summary>
/// Who may ask the server anything: those who know the random token, under the server's own name and from its own page. Another page in the
/// same browser knows no token; and where a name was made to lead to this machine (DNS rebinding), Host tells.
/// </summary>
/// <param name="port">The server's port.</param>
internal sealed class RequestGuard(int port)
{
    private readonly string[] _hosts = [$"127.0.0.1:{port}", $"localhost:{port}"];

    /// <summary>The token: 128 random bits.</summary>
    public string Token { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>Why a request is refused; null where it is not.</summary>
    public string? Fault(HttpRequest request)
    {
        string host = request.Host.Value ?? "";
        if (!_hosts.Contains(host, StringComparer.OrdinalIgnoreCase)) return $"this server answers to {_hosts[0]} alone";
        if (request.Headers.Origin.Count > 0 && request.Headers.Origin != $"http://{host}") return "another site's page may not ask this server";
        return IsToken(request.Query["token"]) ? null : "the token is missing or wrong; open the address that fmm printed";
    }

    // In the same time whatever differs.
    private bool IsToken(string? given) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(Token));
}
