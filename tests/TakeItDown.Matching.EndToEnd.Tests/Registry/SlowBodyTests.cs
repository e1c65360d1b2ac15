using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using static TakeItDown.Matching.EndToEnd.Tests.Registry.RegistryHost;

namespace TakeItDown.Matching.EndToEnd.Tests.Registry;

/// <summary>A body that stops on its way is the sender's trouble, and no failure of the registry.</summary>
public sealed class SlowBodyTests
{
    public static TheoryData<string, string, string> Bodies => new()
    {
        { "POST /api/submissions", "application/json", """{"items":[""" },
        { "PUT /npo/v2/entries/9/a/MD5/feedback", "application/xml", "<feedbackSubmission " },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task One_that_comes_too_slowly_is_answered_with_408(string call, string type, string beginning)
    {
        await using var registry = await StartAsync(Impatient);
        using var client = await SendAsync(registry, call, type, 1000, beginning);

        var answer = await new StreamReader(client.GetStream()).ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
        Assert.Contains("nosniff", answer, StringComparison.Ordinal);
        await IsWellAsync(registry);
    }

    [Fact]
    public async Task So_is_one_that_is_too_long_and_is_read_to_be_thrown_away()
    {
        await using var registry = await StartAsync(Impatient);
        using var client = await SendAsync(registry, "POST /api/submissions", "application/json", 9 * 1024 * 1024, "{");

        var answer = await new StreamReader(client.GetStream()).ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
        await IsWellAsync(registry);
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task One_that_breaks_off_ends_the_request_and_nothing_else(string call, string type, string beginning)
    {
        await using var registry = await StartAsync();
        foreach (var isReset in (bool[])[false, true])
        {
            var client = await SendAsync(registry, call, type, 1000, beginning);
            using var answer = new StreamReader(client.GetStream());
            if (isReset)
            {
                client.LingerState = new LingerOption(enable: true, seconds: 0);
            }
            else
            {
                client.Client.Shutdown(SocketShutdown.Send);
                await answer.ReadToEndAsync(TestContext.Current.CancellationToken);
            }
            client.Dispose();
        }
        // Stopping waits for what is under way, so that all that would be logged is.
        await registry.StopAsync();
        IsQuiet(registry);
    }

    private static void Impatient(WebApplicationBuilder builder) => builder.Services.Configure<KestrelServerOptions>(
        kestrel => kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 1000, gracePeriod: TimeSpan.FromSeconds(1.1)));

    private static async Task<TcpClient> SendAsync(RegistryHost registry, string call, string type, int length, string beginning)
    {
        var address = registry.Http.BaseAddress!;
        var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        var credentials = Convert.ToBase64String("platform:platform password"u8);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"{call} HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: Basic {credentials}\r\nContent-Type: {type}\r\nContent-Length: {length}\r\n\r\n{beginning}"), TestContext.Current.CancellationToken);
        return client;
    }

    private static async Task IsWellAsync(RegistryHost registry)
    {
        await registry.SubmitAsync(Samples.ImageJson("picture"));
        IsQuiet(registry);
    }

    private static void IsQuiet(RegistryHost registry) =>
        Assert.DoesNotContain(registry.Logs, line => line.StartsWith("Error ", StringComparison.Ordinal) || line.StartsWith("Critical ", StringComparison.Ordinal) || line.Contains("unhandled", StringComparison.OrdinalIgnoreCase));
}
