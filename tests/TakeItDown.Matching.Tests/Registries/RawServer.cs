using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TakeItDown.Matching.Tests.Registries;

/// <summary>Answers every request on loopback with the same bytes, be they HTTP or not, and closes the connection.</summary>
internal sealed class RawServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public RawServer(string answer)
    {
        _listener.Start();
        Root = new Uri($"http://{_listener.LocalEndpoint}/npo");
        _ = ServeAsync(Encoding.UTF8.GetBytes(answer));
    }

    public Uri Root { get; }

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync(byte[] answer)
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                using var stream = client.GetStream();
                // To close on a request that was not read would break off the answer, too.
                using var request = new StreamReader(stream);
                while (await request.ReadLineAsync() is { Length: > 0 }) { }
                await stream.WriteAsync(answer);
            }
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
