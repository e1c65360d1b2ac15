using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using static TakeItDown.Matching.EndToEnd.Tests.Registry.RegistryHost;

namespace TakeItDown.Matching.EndToEnd.Tests.Registry;

/// <summary>Guesses at a member's password are few, and shut nobody out but who makes them.</summary>
public sealed class GuessTests
{
    private const HttpStatusCode Ok = HttpStatusCode.OK, Wrong = HttpStatusCode.Unauthorized, TooMany = HttpStatusCode.TooManyRequests;

    [Fact]
    public async Task After_ten_wrong_passwords_an_address_has_to_wait_even_with_the_right_one()
    {
        await using var registry = await StartAsync();
        using var stranger = From(registry, "127.0.0.2");
        for (var i = 0; i < 10; i++) Assert.Equal(Wrong, await AskAsync(stranger, "platform", $"guess {i}"));

        Assert.Equal(TooMany, await AskAsync(stranger, "platform", "guess 11"));
        Assert.Equal(TooMany, await AskAsync(stranger, "platform", "platform password"));
        using var refused = await SendAsync(stranger, "platform", "guess 12");
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));

        // Another name, and the same from elsewhere, are not meant.
        Assert.Equal(Ok, await AskAsync(stranger, "limited", "limited password"));
        Assert.Equal(Ok, await AskAsync(registry.Member));
        using var elsewhere = From(registry, "127.0.0.3");
        Assert.Equal(Ok, await AskAsync(elsewhere, "platform", "platform password"));
    }

    [Fact]
    public async Task Right_passwords_and_requests_without_one_do_not_count()
    {
        await using var registry = await StartAsync();
        for (var i = 0; i < 30; i++) Assert.Equal(Ok, await AskAsync(registry.Member));
        for (var i = 0; i < 30; i++) Assert.Equal(Wrong, await AskAsync(registry.Http));
        for (var i = 0; i < 9; i++) Assert.Equal(Wrong, await AskAsync(registry.Http, "platform", "guess"));
        Assert.Equal(Ok, await AskAsync(registry.Member));
    }

    [Fact]
    public async Task Names_that_nobody_has_count_together()
    {
        await using var registry = await StartAsync();
        for (var i = 0; i < 10; i++) Assert.Equal(Wrong, await AskAsync(registry.Http, $"name {i}", "guess"));
        Assert.Equal(TooMany, await AskAsync(registry.Http, "one more name", "guess"));
        Assert.Equal(Ok, await AskAsync(registry.Member));
    }

    [Fact]
    public async Task Attempts_at_the_same_time_count_like_any_others()
    {
        await using var registry = await StartAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => AskAsync(registry.Http, "platform", $"guess {i}")));
        Assert.Equal(10, answers.Count(answer => answer == Wrong));
        Assert.Equal(50, answers.Count(answer => answer == TooMany));
    }

    [Fact]
    public async Task Strangers_at_many_addresses_get_one_attempt_each_in_the_end_and_the_member_always_gets_in()
    {
        await using var registry = await StartAsync();
        Assert.Equal(Ok, await AskAsync(registry.Member));
        for (var address = 2; address < 12; address++)
        {
            using var stranger = From(registry, $"127.0.0.{address}");
            for (var i = 0; i < 10; i++) Assert.Equal(Wrong, await AskAsync(stranger, "platform", $"guess {i}"));
        }
        for (var address = 12; address < 15; address++)
        {
            using var stranger = From(registry, $"127.0.0.{address}");
            Assert.Equal(Wrong, await AskAsync(stranger, "platform", "guess"));
            Assert.Equal(TooMany, await AskAsync(stranger, "platform", "platform password"));
        }
        // From where it is known, with a slip of its own too; and from a new address with the right password.
        Assert.Equal(Wrong, await AskAsync(registry.Http, "platform", "slip"));
        Assert.Equal(Wrong, await AskAsync(registry.Http, "platform", "slip"));
        Assert.Equal(Ok, await AskAsync(registry.Member));
        using var moved = From(registry, "127.0.0.99");
        Assert.Equal(Ok, await AskAsync(moved, "platform", "platform password"));
    }

    private static async Task<HttpStatusCode> AskAsync(HttpClient client, string? user = null, string? password = null)
    {
        using var answer = await SendAsync(client, user, password);
        return answer.StatusCode;
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string? user, string? password)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/npo/v2/status");
        if (user is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
        return await client.SendAsync(request);
    }

    /// <summary>A client at another address of this machine.</summary>
    private static HttpClient From(RegistryHost registry, string address)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
                await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        return new HttpClient(handler) { BaseAddress = registry.Http.BaseAddress };
    }
}
