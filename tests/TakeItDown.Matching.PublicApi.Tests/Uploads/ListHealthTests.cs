using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace TakeItDown.Matching.PublicApi.Tests.Uploads;

/// <summary>The health check says whether uploads can be judged, and over HTTP.</summary>
public class ListHealthTests
{
    [Fact]
    public async Task A_fresh_list_is_healthy()
    {
        await using var host = await UploadHost.StartAsync(services => services.AddSingleton<IListSource>(new TestList("mine", [])));
        var report = await CheckAsync(host);
        Assert.Equal(HealthStatus.Healthy, report.Status);
        Assert.Equal(("Fresh", 1L), (report.Data["mine.freshness"], (long)report.Data["mine.entries"]));
        Assert.Equal("Healthy", await host.Client.GetStringAsync(new Uri("/health", UriKind.Relative), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Without_a_list_it_is_unhealthy()
    {
        await using var host = await UploadHost.StartAsync(_ => { });
        Assert.Equal(HealthStatus.Unhealthy, (await CheckAsync(host)).Status);
        using var answer = await host.Client.GetAsync(new Uri("/health", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    [Theory]
    [InlineData(null, "never been read")]
    [InlineData(25, "older than allowed")]
    public async Task A_list_that_was_never_read_or_is_stale_is_unhealthy(int? ageHours, string text)
    {
        var list = new TestList("mine", []) { Age = ageHours is { } hours ? TimeSpan.FromHours(hours) : null };
        await using var host = await UploadHost.StartAsync(services => services.AddSingleton<IListSource>(list).AddSingleton<IListSource>(new TestList("fresh", [])));
        var report = await CheckAsync(host);
        Assert.Equal(HealthStatus.Unhealthy, report.Status);
        Assert.Contains(text, report.Description, StringComparison.Ordinal);
        Assert.Contains("mine", report.Description, StringComparison.Ordinal);
        Assert.DoesNotContain("fresh", report.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_refresh_of_a_fresh_list_is_degraded()
    {
        var list = new TestList("mine", []);
        await using var host = await UploadHost.StartAsync(services => services.AddSingleton<IListSource>(list));
        list.Failure = new ListSourceException("The registry is away.");
        await host.Get<IListManager>().RefreshAsync(cancellationToken: TestContext.Current.CancellationToken);
        var report = await CheckAsync(host);
        Assert.Equal(HealthStatus.Degraded, report.Status);
        Assert.Contains("The registry is away.", report.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_decoder_is_degraded()
    {
        await using var host = await UploadHost.StartAsync(services => services.AddSingleton<IListSource>(new TestList("mine", [])).AddSingleton<IImageDecoder, MissingDecoder>());
        var report = await CheckAsync(host);
        Assert.Equal(HealthStatus.Degraded, report.Status);
        Assert.Contains("missing is disabled: install it", report.Description, StringComparison.Ordinal);
    }

    private static async Task<HealthReportEntry> CheckAsync(UploadHost host) =>
        (await host.Get<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken)).Entries["takeitdown-lists"];

    private sealed class MissingDecoder : IImageDecoder
    {
        public string Name => "missing";

        public DecoderAvailability Availability => new(false, "install it");

        public bool CanDecode(ImageFormat format) => true;

        public DecodeResult Decode(ReadOnlySpan<byte> content, ImageFormat format, IPictureSink sink, CancellationToken cancellationToken) => default;
    }
}
