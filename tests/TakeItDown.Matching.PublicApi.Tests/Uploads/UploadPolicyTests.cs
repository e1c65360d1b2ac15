using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TakeItDown.Matching.Tests;

namespace TakeItDown.Matching.PublicApi.Tests.Uploads;

/// <summary>The policy that comes with the package fails closed; another one is asked in its place.</summary>
public class UploadPolicyTests
{
    private static readonly byte[] Damaged = File.ReadAllBytes(TestData.Fixture("images/bad/truncated.jpg"));
    private static readonly byte[] Plain = File.ReadAllBytes(TestData.Fixture("images/blank.jpg"));

    [Fact]
    public async Task Without_a_policy_of_ones_own_only_what_was_found_clean_is_accepted()
    {
        await using var app = await UploadApp.StartAsync(MapDefault);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, UploadApp.Clean));
        foreach (var refused in (byte[][])[UploadApp.Listed, Damaged, Plain, [], [1, 2, 3]]) Assert.Equal(HttpStatusCode.UnprocessableEntity, await StatusAsync(app, refused));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await StatusAsync(app, UploadApp.Clean, UploadApp.Listed));
    }

    [Fact]
    public async Task A_match_and_a_file_that_cannot_be_judged_are_refused_in_the_same_words()
    {
        await using var app = await UploadApp.StartAsync(MapDefault);
        var answers = new List<string>();
        foreach (var refused in (byte[][])[UploadApp.Listed, Damaged])
        {
            using var answer = await app.PostFormAsync("/photos", refused);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            answers.Add(body.Split("\"traceId\"")[0]);
        }
        Assert.Equal(answers[0], answers[1]);
    }

    [Fact]
    public async Task Where_waiting_helps_the_answer_says_for_how_long()
    {
        await using var app = await UploadApp.StartAsync(MapDefault, list: new TestList("test", UploadApp.Listed) { Failure = new ListSourceException("away") });
        using var answer = await app.PostFormAsync("/photos", UploadApp.Clean);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(30), answer.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task Every_verdict_and_reason_but_no_match_is_refused()
    {
        var policy = new RefuseUnlessClean(Microsoft.Extensions.Options.Options.Create(new UploadPolicyOptions()));
        foreach (var result in Enum.GetValues<Verdict>().SelectMany(verdict => Enum.GetValues<ScanReason>().Select(reason => new ScanResult { Verdict = verdict, Reason = reason })))
        {
            var context = new DefaultHttpContext();
            var answer = await policy.DecideAsync(new UploadScan(context, null!, result), TestContext.Current.CancellationToken);
            var status = (answer as IStatusCodeHttpResult)?.StatusCode;
            Assert.Equal(result.Verdict == Verdict.NoMatch ? null : result.IsTransient ? 503 : 422, status);
            Assert.Equal(status == 503 ? "30" : "", context.Response.Headers.RetryAfter.ToString());
        }
    }

    [Fact]
    public async Task What_a_platform_names_is_accepted_and_nothing_else()
    {
        await using var app = await UploadApp.StartAsync(MapDefault, services => services.Configure<UploadPolicyOptions>(options => options.Accept.Add(ScanReason.TooPlain)));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, Plain));
        foreach (var refused in (byte[][])[UploadApp.Listed, Damaged, []]) Assert.Equal(HttpStatusCode.UnprocessableEntity, await StatusAsync(app, refused));
    }

    [Fact]
    public async Task More_pages_than_are_looked_at_are_accepted_by_name_alone()
    {
        var page = await File.ReadAllBytesAsync(TestData.Fixture("images/landscape-thumb.jpg"), TestContext.Current.CancellationToken);
        byte[] pages = [.. Enumerable.Repeat(page, 65).SelectMany(bytes => bytes)];
        // Pages are looked at where a list has a perceptual hash, here one that is far from every picture.
        var list = new TestList("test", UploadApp.Listed) { FurtherHashes = [HashValue.FromBytes(HashKind.Pdq, Enumerable.Repeat((byte)0x5A, 32).ToArray())] };
        await using var strict = await UploadApp.StartAsync(MapDefault, list: list);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await StatusAsync(strict, pages));
        await using var lenient = await UploadApp.StartAsync(
            MapDefault, services => services.Configure<UploadPolicyOptions>(options => options.Accept.Add(ScanReason.TooManyFrames)), list);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(lenient, pages));
        foreach (var refused in (byte[][])[UploadApp.Listed, Damaged, Plain])
            Assert.Equal(HttpStatusCode.UnprocessableEntity, await StatusAsync(lenient, refused));
    }

    [Fact]
    public void Configuration_names_them_in_the_words_of_the_tool()
    {
        var section = new ConfigurationBuilder().AddInMemoryCollection([new("Uploads:Accept:0", "tooPlain"), new("Uploads:Accept:1", "UNKNOWNFORMAT")]).Build().GetSection("Uploads");
        using var services = new ServiceCollection().Configure<UploadPolicyOptions>(section).BuildServiceProvider();
        Assert.Equal([ScanReason.TooPlain, ScanReason.UnknownFormat], services.GetRequiredService<IOptions<UploadPolicyOptions>>().Value.Accept.Order().Reverse());
    }

    [Theory]
    [InlineData(ScanReason.Busy)]
    [InlineData(ScanReason.TimedOut)]
    [InlineData(ScanReason.NeverSynced)]
    [InlineData(ScanReason.Stale)]
    [InlineData(ScanReason.Quarantined)]
    [InlineData(ScanReason.NoDecoder)]
    [InlineData(ScanReason.TooManyBytes)]
    [InlineData(ScanReason.NoListInUse)]
    [InlineData(ScanReason.None)]
    public async Task A_reason_that_content_is_not_to_blame_for_stops_the_host(ScanReason reason)
    {
        var invalid = await Assert.ThrowsAsync<OptionsValidationException>(() =>
            UploadApp.StartAsync(MapDefault, services => services.Configure<UploadPolicyOptions>(options => options.Accept.Add(reason))));
        Assert.Contains(reason.ToString(), invalid.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_among_the_services_is_asked()
    {
        Action<WebApplication>[] maps =
        [
            app => app.MapPost("/photos", (IFormFile photo) => photo.Length).ScanUploads<Teapot>().DisableAntiforgery(),
            app => app.MapGroup("").ScanUploads<Teapot>().MapPost("/photos", (IFormFile photo) => photo.Length).DisableAntiforgery(),
            app => ((IEndpointConventionBuilder)app.MapPost("/photos", (IFormFile photo) => photo.Length)).ScanUploads<Teapot>().DisableAntiforgery(),
        ];
        foreach (var map in maps)
        {
            await using var app = await UploadApp.StartAsync(map, services => services.AddScoped<Teapot>());
            Assert.Equal((HttpStatusCode)418, await StatusAsync(app, UploadApp.Listed));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, await StatusAsync(app, Damaged));
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, UploadApp.Clean));
            var missing = await Assert.ThrowsAsync<InvalidOperationException>(() => UploadApp.StartAsync(map));
            Assert.Contains("AddSingleton<Teapot>()", missing.Message, StringComparison.Ordinal);
        }
    }

    private static void MapDefault(WebApplication app) => app.MapPost("/photos", (IFormFileCollection photo) => photo.Count).ScanUploads().DisableAntiforgery();

    private static async Task<HttpStatusCode> StatusAsync(UploadApp app, params byte[][] files)
    {
        using var answer = await app.PostFormAsync("/photos", files);
        return answer.StatusCode;
    }

    private sealed class Teapot(IOptions<UploadPolicyOptions> options) : RefuseUnlessClean(options)
    {
        public override ValueTask<IResult?> DecideAsync(UploadScan scan, CancellationToken cancellationToken = default) =>
            scan.Result.Verdict == Verdict.Match ? ValueTask.FromResult<IResult?>(Results.StatusCode(418)) : base.DecideAsync(scan, cancellationToken);
    }
}
