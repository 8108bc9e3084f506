using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Fmm.Samples;

/// <summary>The web server of a run that is watched: Kestrel on the loopback address, the page's files and one WebSocket a page.</summary>
internal sealed class ViewServer : IDisposable
{
    private static readonly TimeSpan _ping = TimeSpan.FromSeconds(10);
    private readonly WebApplication _server;
    private readonly ViewHub _hub;
    private readonly CancellationTokenSource _ended = new();
    private readonly RequestGuard _guard;
    private readonly PageFiles _files;
    private readonly string _policy;

    /// <summary>Starts it.</summary>
    /// <param name="port">Its port; 0 for any that is free.</param>
    /// <param name="hub">Who serves the pages' sockets.</param>
    /// <exception cref="InputException">The port is taken.</exception>
    public ViewServer(int port, ViewHub hub)
    {
        _hub = hub;
        // Empty: neither files in the working folder nor the environment decide where it listens and what it logs.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = 0;
            options.Listen(IPAddress.Loopback, port);
        });
        _server = builder.Build();
        _server.UseWebSockets(new WebSocketOptions { KeepAliveInterval = _ping, KeepAliveTimeout = _ping });
        _server.Run(Answer);
        try
        {
            _server.StartAsync().GetAwaiter().GetResult();
        }
        catch (Exception fault) when (fault is IOException or SocketException)
        {
            throw new InputException($"--port {port}: can't be listened on: {(fault.InnerException ?? fault).Message}; name another, or 0 for any that is free", fault);
        }

        Port = new Uri(_server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
        _guard = new RequestGuard(Port);
        _files = new PageFiles(_guard.Token);
        _policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
            + $"connect-src 'self' ws://127.0.0.1:{Port} ws://localhost:{Port}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    /// <summary>The port.</summary>
    public int Port { get; }

    /// <summary>The page, token and all.</summary>
    public string Address => $"http://127.0.0.1:{Port}/?token={_guard.Token}";

    /// <inheritdoc/>
    public void Dispose()
    {
        _ended.Cancel();
        using (CancellationTokenSource patience = new(TimeSpan.FromMilliseconds(300))) _server.StopAsync(patience.Token).GetAwaiter().GetResult();
        _server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _ended.Dispose();
    }

    private async Task Answer(HttpContext context)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = _policy;
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (_guard.Fault(context.Request) is string fault)
        {
            await Refuse(context, StatusCodes.Status403Forbidden, fault);
            return;
        }

        if (context.Request.Path == "/socket")
        {
            if (!context.WebSockets.IsWebSocketRequest) await Refuse(context, StatusCodes.Status400BadRequest, "this is a WebSocket");
            else if (!await _hub.Serve(() => context.WebSockets.AcceptWebSocketAsync(), _ended.Token))
                await Refuse(context, StatusCodes.Status503ServiceUnavailable, $"{ViewHub.MostClients} pages watch already; close one");
            return;
        }

        if (!_files.TryGet(context.Request.Path.Value ?? "", out (string Type, byte[] Bytes) file)) await Refuse(context, StatusCodes.Status404NotFound, "there is no such file");
        else if (!HttpMethods.IsGet(context.Request.Method)) await Refuse(context, StatusCodes.Status405MethodNotAllowed, "files are only read");
        else
        {
            context.Response.ContentType = file.Type;
            context.Response.ContentLength = file.Bytes.Length;
            await context.Response.Body.WriteAsync(file.Bytes, context.RequestAborted);
        }
    }

    private static Task Refuse(HttpContext context, int status, string fault)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync($"{fault}\n");
    }

    // Signals are the command's own business.
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
