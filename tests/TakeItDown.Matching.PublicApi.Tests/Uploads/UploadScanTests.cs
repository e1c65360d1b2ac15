using System.Net;
using Microsoft.AspNetCore.Http;
using TakeItDown.Matching.Tests;

namespace TakeItDown.Matching.PublicApi.Tests.Uploads;

/// <summary>Uploads over real HTTP, scanned before any handler runs.</summary>
public class UploadScanTests
{
    private static readonly byte[] Clean = File.ReadAllBytes(TestData.Fixture("images/landscape.jpg"));

    public static TheoryData<string> Endpoints => ["/form", "/bound", "/controller"];

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Clean_files_reach_the_handler_whole(string endpoint)
    {
        await using var host = await UploadHost.StartAsync();
        using var answer = await host.PostAsync(endpoint, Clean, Clean[..5000]);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal($"{Clean.Length + 5000}", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal([Verdict.NoMatch, Verdict.NotScannable], host.Asked.Select(scan => scan.Result.Verdict));
        Assert.Equal(1, host.Handled);
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task A_match_among_several_files_keeps_the_handler_from_running(string endpoint)
    {
        await using var host = await UploadHost.StartAsync();
        using var answer = await host.PostAsync(endpoint, Clean, UploadHost.Listed, Clean);
        Assert.Equal(HttpStatusCode.UnavailableForLegalReasons, answer.StatusCode);
        Assert.Equal([Verdict.NoMatch, Verdict.Match], host.Asked.Select(scan => scan.Result.Verdict));
        Assert.Equal(0, host.Handled);
        Assert.DoesNotContain("name.jpg", host.Asked.First().ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task A_form_without_files_passes(string endpoint)
    {
        await using var host = await UploadHost.StartAsync();
        using var answer = await host.PostAsync(endpoint);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(host.Asked);
    }

    public static TheoryData<string, string> MalformedForms
    {
        get
        {
            string[] bodies =
            [
                "--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.jpg\"\r\n\r\ncut short",
                "--x\r\nno header at all",
                "nothing of the kind",
                "--x\r\n" + new string('h', 20_000) + ": 1\r\n\r\n",
            ];
            return [.. Endpoints.SelectMany(endpoint => bodies.Select(body => (endpoint.Data, body)))];
        }
    }

    [Theory]
    [MemberData(nameof(MalformedForms))]
    public async Task A_malformed_form_is_the_clients_fault(string endpoint, string body)
    {
        await using var host = await UploadHost.StartAsync();
        using var content = new StringContent(body);
        content.Headers.ContentType = new("multipart/form-data") { Parameters = { new("boundary", "x") } };
        using var answer = await host.Client.PostAsync(new Uri(endpoint, UriKind.Relative), content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(0, host.Handled);
    }

    [Fact]
    public async Task The_platform_decides_what_each_verdict_does()
    {
        await using var host = await UploadHost.StartAsync();
        host.Policy = scan => Results.StatusCode(560 + (int)scan.Result.Verdict);
        (byte[] Content, Verdict Verdict)[] cases = [(Clean, Verdict.NoMatch), ([], Verdict.NotScannable), (UploadHost.Listed, Verdict.Match)];
        foreach (var (content, verdict) in cases)
        {
            using var answer = await host.PostAsync("/form", content);
            Assert.Equal(560 + (int)verdict, (int)answer.StatusCode);
        }
        Assert.Equal(0, host.Handled);

        await using var listless = await UploadHost.StartAsync(_ => { });
        listless.Policy = host.Policy;
        using var unavailable = await listless.PostAsync("/form", Clean);
        Assert.Equal(560 + (int)Verdict.ListUnavailable, (int)unavailable.StatusCode);
    }

    [Fact]
    public async Task An_upload_that_the_client_gives_up_reaches_neither_policy_nor_handler()
    {
        await using var host = await UploadHost.StartAsync();
        using var cancellation = new CancellationTokenSource();
        using var form = new MultipartFormDataContent { { new StreamContent(new EndlessStream(() => cancellation.Cancel())), "files", "name.jpg" } };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.Client.PostAsync(new Uri("/form", UriKind.Relative), form, cancellation.Token));
        // The next request is served as if nothing had happened.
        using var answer = await host.PostAsync("/form", Clean);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(1, host.Handled);
        Assert.Single(host.Asked);
    }

    /// <summary>Gives a megabyte, and then says so and waits.</summary>
    private sealed class EndlessStream(Action onMegabyte) : Stream
    {
        private int _given;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_given >= 1 << 20)
            {
                onMegabyte();
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            buffer.Span.Clear();
            _given += buffer.Length;
            return buffer.Length;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() { }
    }
}
