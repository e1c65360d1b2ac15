using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Razor.Hosting;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

[assembly: RazorCompiledItem(typeof(TakeItDown.Matching.PublicApi.Tests.Uploads.UploadPage), "mvc.1.0.razor-page", "/Pages/Upload.cshtml")]

namespace TakeItDown.Matching.PublicApi.Tests.Uploads;

/// <summary>A scan that would do nothing stops the host, or is said to do nothing.</summary>
public class UploadCoverageTests
{
    public static TheoryData<string> Bare => [.. BareEndpoints.Keys];

    private static Dictionary<string, Action<WebApplication>> BareEndpoints { get; } = new(StringComparer.Ordinal)
    {
        ["/stream"] = app => app.MapPost("/stream", (Stream body) => Results.Ok()).ScanUploads(),
        ["/request"] = app => app.MapPost("/request", (HttpRequest request) => Results.Ok()).ScanUploads(),
        ["/delegate"] = app => app.MapPost("/delegate", (RequestDelegate)(context => Task.CompletedTask)).ScanUploads(),
        ["/multipart"] = app => app.MapPost("/multipart", ReadMultipartAsync).ScanUploads(),
        ["/json"] = app => app.MapPost("/json", (Words words) => words).ScanUploads(_ => null),
        ["/type"] = app => app.MapPost("/type", (Stream body) => Results.Ok()).Accepts<IFormFile>("image/jpeg").ScanUploads(),
        ["/get"] = app => app.MapGet("/get", () => 1).ScanUploads(),
        ["/hub"] = app => app.MapHub<Hub>("/hub").ScanUploads(),
        ["/Upload"] = app => app.MapRazorPages().ScanUploads(),
        ["/in/a/group"] = app => app.MapGroup("/in").MapPost("/a/group", (Stream body) => Results.Ok()).ScanUploads(),
    };

    [Theory]
    [MemberData(nameof(Bare))]
    public async Task The_host_does_not_start_where_a_scan_would_do_nothing(string endpoint)
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => UploadApp.StartAsync(BareEndpoints[endpoint], Configure));
        Assert.Contains(endpoint, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_takes_a_form_is_covered()
    {
        await using var app = await UploadApp.StartAsync(app =>
        {
            app.MapPost("/file", (IFormFile photo) => photo.Length).ScanUploads().DisableAntiforgery();
            app.MapPost("/model", ([FromForm] FormModel model) => model.Photo?.Length).ScanUploads().DisableAntiforgery();
            app.MapPost("/parameters", ([AsParameters] Parameters parameters) => parameters.Photo.Length).ScanUploads().DisableAntiforgery();
            app.MapPost("/declared", async (HttpRequest request) => (await request.ReadFormAsync()).Files.Count).Accepts<IFormFile>("multipart/form-data").ScanUploads();
            app.MapPost("/attribute", [Consumes("multipart/form-data")] async (HttpRequest request) => (await request.ReadFormAsync()).Files.Count).ScanUploads();
        });
        Assert.Empty(app.Warnings);
        foreach (var endpoint in (string[])["/file", "/model", "/parameters", "/declared", "/attribute"])
        {
            Assert.Equal((endpoint, HttpStatusCode.OK), (endpoint, await StatusOfAsync(app.PostFormAsync(endpoint, UploadApp.Clean))));
            Assert.Equal((endpoint, HttpStatusCode.UnprocessableEntity), (endpoint, await StatusOfAsync(app.PostFormAsync(endpoint, UploadApp.Listed))));
            Assert.Equal((endpoint, HttpStatusCode.UnsupportedMediaType), (endpoint, await StatusOfAsync(app.PostAsync(endpoint, "image/jpeg", UploadApp.Listed))));
        }
    }

    [Fact]
    public async Task In_a_group_only_endpoints_that_take_forms_ask_for_one_and_the_others_are_named_once()
    {
        await using var app = await UploadApp.StartAsync(app =>
        {
            var group = app.MapGroup("/api").ScanUploads();
            group.MapPost("/file", (IFormFile photo) => photo.Length).DisableAntiforgery();
            group.MapPost("/either", (HttpRequest request) => request.ContentLength).Accepts<IFormFile>("multipart/form-data", "image/jpeg", "application/json");
            group.MapPost("/json", (Words words) => words);
            group.MapPost("/stream", (Stream body) => CountAsync(body));
            group.MapPost("/own", (Stream body) => CountAsync(body)).DisableUploadScan();
            group.MapPost("/nobody", () => 1);
            group.MapGet("/get", () => 1);
            group.MapPost("/form", async (HttpRequest request) => (await request.ReadFormAsync()).Files.Sum(file => file.Length));
            group.MapPost("/multipart", ReadMultipartAsync);
            group.MapPost("/multipart/own", ReadMultipartAsync).DisableUploadScan();
        });
        var warning = Assert.Single(app.Warnings);
        foreach (var named in (string[])["/stream", "/nobody", "/form", "/multipart"]) Assert.Contains($"POST /api{named}", warning, StringComparison.Ordinal);
        foreach (var covered in (string[])["/file", "/either", "/json", "/own", "/get", "/multipart/own"]) Assert.DoesNotContain($"/api{covered}", warning, StringComparison.Ordinal);

        (string Endpoint, HttpStatusCode Json, HttpStatusCode Image, HttpStatusCode Listed)[] expected =
        [
            ("/file", HttpStatusCode.UnsupportedMediaType, HttpStatusCode.UnsupportedMediaType, HttpStatusCode.UnprocessableEntity),
            ("/either", HttpStatusCode.UnsupportedMediaType, HttpStatusCode.UnsupportedMediaType, HttpStatusCode.UnprocessableEntity),
            ("/json", HttpStatusCode.OK, HttpStatusCode.UnsupportedMediaType, HttpStatusCode.UnsupportedMediaType),
            ("/stream", HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity),
            ("/own", HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK),
            ("/form", HttpStatusCode.InternalServerError, HttpStatusCode.InternalServerError, HttpStatusCode.UnprocessableEntity),
            ("/multipart", HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.UnprocessableEntity),
            ("/multipart/own", HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.OK),
        ];
        foreach (var (endpoint, json, image, listed) in expected)
        {
            Assert.Equal((endpoint, json), (endpoint, await StatusOfAsync(app.PostJsonAsync($"/api{endpoint}"))));
            Assert.Equal((endpoint, image), (endpoint, await StatusOfAsync(app.PostAsync($"/api{endpoint}", "image/jpeg", UploadApp.Listed))));
            Assert.Equal((endpoint, listed), (endpoint, await StatusOfAsync(app.PostFormAsync($"/api{endpoint}", UploadApp.Listed))));
        }
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(app.Client.PostAsync(new Uri("/api/nobody", UriKind.Relative), null, TestContext.Current.CancellationToken)));
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(app.Client.GetAsync(new Uri("/api/get", UriKind.Relative), TestContext.Current.CancellationToken)));
    }

    [Theory]
    [InlineData("/api/form")]
    [InlineData("/api/multipart")]
    public async Task A_handler_that_reads_a_form_in_its_own_way_finds_it_whole(string endpoint)
    {
        await using var app = await UploadApp.StartAsync(app =>
        {
            var group = app.MapGroup("/api").ScanUploads();
            group.MapPost("/form", async (HttpRequest request) => (await request.ReadFormAsync()).Files.Sum(file => file.Length));
            group.MapPost("/multipart", ReadMultipartAsync);
        });
        using var answer = await app.PostFormAsync(endpoint, UploadApp.Clean, UploadApp.Clean);
        Assert.Equal($"{2 * UploadApp.Clean.Length}", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Controllers_are_told_apart_like_the_endpoints_of_a_group()
    {
        await using var app = await UploadApp.StartAsync(app => app.MapControllers().ScanUploads(), Configure);
        var warning = Assert.Single(app.Warnings);
        Assert.Contains(nameof(MixedController.Raw), warning, StringComparison.Ordinal);
        foreach (var covered in (string[])[nameof(MixedController.File), nameof(MixedController.Json), nameof(MixedController.Own), nameof(PlainController.Form)])
            Assert.DoesNotContain($"Controller.{covered} ", warning, StringComparison.Ordinal);
        foreach (var endpoint in (string[])["/mixed/file", "/plain/form"])
        {
            Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(app.PostFormAsync(endpoint, UploadApp.Clean)));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, await StatusOfAsync(app.PostFormAsync(endpoint, UploadApp.Listed)));
            Assert.Equal(HttpStatusCode.UnsupportedMediaType, await StatusOfAsync(app.PostAsync(endpoint, "image/jpeg", UploadApp.Listed)));
        }
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(app.PostJsonAsync("/mixed/json")));
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(app.PostAsync("/mixed/raw", "image/jpeg", UploadApp.Listed)));
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(app.PostFormAsync("/mixed/own", UploadApp.Listed)));
    }

    private static void Configure(IServiceCollection services)
    {
        services.AddSignalR();
        services.AddRazorPages();
        services.AddControllers().AddApplicationPart(typeof(MixedController).Assembly)
            .ConfigureApplicationPartManager(parts => parts.ApplicationParts.Add(new CompiledRazorAssemblyPart(typeof(UploadPage).Assembly)));
    }

    private static async Task<HttpStatusCode> StatusOfAsync(Task<HttpResponseMessage> request)
    {
        using var answer = await request;
        return answer.StatusCode;
    }

    private static async Task<long> CountAsync(Stream body)
    {
        using var copy = new MemoryStream();
        await body.CopyToAsync(copy);
        return copy.Length;
    }

    private static async Task<IResult> ReadMultipartAsync(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)) return Results.BadRequest();
        var reader = new MultipartReader(HeaderUtilities.RemoveQuotes(type.Boundary).ToString(), request.Body);
        var length = 0L;
        while (await reader.ReadNextSectionAsync() is { } section) length += await CountAsync(section.Body);
        return Results.Ok(length);
    }

    private sealed record Words(string? Word);

    private sealed record FormModel(IFormFile? Photo);

    private sealed record Parameters(IFormFile Photo);
}

/// <summary>Actions of which some take forms.</summary>
[ApiController]
[Route("/mixed")]
public sealed class MixedController : ControllerBase
{
    [HttpPost("file")]
    public IActionResult File(IFormFile photo) => Ok(photo?.Length);

    [HttpPost("json")]
    public IActionResult Json([FromBody] Dictionary<string, string> words) => Ok(words);

    [HttpPost("raw")]
    public IActionResult Raw() => Ok(Request.Body.CanRead);

    [HttpPost("own")]
    [DisableUploadScan]
    public IActionResult Own() => Ok();

    [HttpGet("get")]
    public IActionResult Get() => Ok();
}

/// <summary>A controller without <c>[ApiController]</c>.</summary>
[Route("/plain")]
public sealed class PlainController : ControllerBase
{
    [HttpPost("form")]
    public IActionResult Form([FromForm] string? field, IFormFile photo) => Ok(photo?.Length ?? field?.Length);
}

/// <summary>A Razor page, as the compiler makes one.</summary>
public sealed class UploadPage : Page
{
    public UploadPage Model => this;

    public override Task ExecuteAsync() => Task.CompletedTask;
}
