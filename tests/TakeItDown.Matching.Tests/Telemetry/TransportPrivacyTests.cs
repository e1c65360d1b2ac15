using System.Text;
using Microsoft.Extensions.DependencyInjection;
using TakeItDown.Matching.Tests.Registries;

namespace TakeItDown.Matching.Tests.Telemetry;

/// <summary>Where what answers does not speak HTTP as it should, the exceptions of HTTP clients quote it; nothing of it is told.</summary>
public sealed class TransportPrivacyTests
{
    private const string UserName = "platform-user", Password = "correct horse battery";

    private static readonly string Basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{UserName}:{Password}"));

    private static readonly string Leak = $"<md5>{SyncHost.Hex(HashKind.Md5, 1)}</md5> {Password} {Basic}";

    public static TheoryData<string> Answers { get; } = new()
    {
        $"{Leak}\r\n\r\n",
        $"HTTP/1.1 {Leak}\r\n\r\n",
        $"HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\n{Leak}\r\n\r\n",
        $"HTTP/1.1 200 OK\r\n{Leak}: {Leak}\r\n\r\n",
        $"HTTP/1.1 200 OK\r\nContent-Length: {Leak}\r\nContent-Type: {Leak}\r\n\r\n{Leak}",
        $"HTTP/1.1 500 {Leak}\r\nRetry-After: {Leak}\r\nContent-Length: 0\r\n\r\n",
        $"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{Leak}\r\n",
        $"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n<{Leak}\r\n",
        $"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n{Leak}\r\n\r\n",
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Nothing_of_an_answer_that_is_no_HTTP_is_told(string answer)
    {
        using var registry = new RawServer(answer);
        using var host = new SyncHost(new SwiftTime(), builder => builder.AddNcmecRegistry("test", options =>
        {
            (options.Root, options.UserName, options.Password) = (registry.Root, UserName, Password);
            options.Members.Add("*");
        }));
        var detector = new Detector();
        foreach (var secret in (string[])[UserName, Password, Basic]) detector.Forbid(secret);

        List<string?> told = [(await host.RefreshAsync()).Error, host.Status.LastError];
        Assert.All(told, Assert.NotNull);
        // Whoever asks for reasons gets the exception itself, and may log it with all that caused it.
        Exception? thrown = await Assert.ThrowsAsync<ListSourceException>(() => host.Get<IFeedbackSource>().GetReasonsAsync(HashKind.Md5));
        for (; thrown is not null; thrown = thrown.InnerException) told.Add(thrown.Message);
        told.AddRange(host.Logs.GetSnapshot().SelectMany(record => (string?[])[record.Message, record.Exception?.Message, .. record.StructuredState?.Select(pair => pair.Value) ?? []]));

        Assert.All(told, text => Assert.Null(detector.Find(text)));
    }
}
