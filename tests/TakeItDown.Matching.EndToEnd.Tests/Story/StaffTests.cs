using System.Net.Http.Headers;
using TakeItDown.Matching.EndToEnd.Tests.Registry;
using TakeItDown.Matching.Tests;
using static System.Net.HttpStatusCode;

namespace TakeItDown.Matching.EndToEnd.Tests.Story;

/// <summary>Only staff review and refresh, and no page elsewhere does so in their name. Photos are kept and shown with care.</summary>
public sealed class StaffTests
{
    [Fact]
    public async Task Being_on_this_machine_makes_nobody_staff()
    {
        await using var registry = await RegistryHost.StartAsync();
        await using var platform = await PlatformHost.StartAsync(registry, new StoryClock(registry));
        foreach (var path in (string[])["/lists", "/review", "/review/reasons?list=take-it-down&kind=pdq"])
        {
            using var answer = await platform.Http.GetAsync(path);
            Assert.Equal(Unauthorized, answer.StatusCode);
        }
        foreach (var path in (string[])["/lists/refresh", $"/review/{Guid.NewGuid()}/affirm", $"/review/{Guid.NewGuid()}/dispute", "/staff/sign-out"])
        {
            using var answer = await platform.Http.PostAsync(path, content: null);
            Assert.Equal(Unauthorized, answer.StatusCode);
        }
        Assert.Equal(Unauthorized, await platform.Staff.SignInAsync(password: "a wrong password"));
        Assert.Equal(Unauthorized, await platform.Staff.SignInAsync(name: "other"));
        Assert.Equal(Redirect, await platform.Staff.SignInAsync());
    }

    [Fact]
    public async Task Guesses_at_the_password_are_limited()
    {
        await using var registry = await RegistryHost.StartAsync();
        await using var platform = await PlatformHost.StartAsync(registry, new StoryClock(registry));
        var answers = new List<System.Net.HttpStatusCode>();
        for (var i = 0; i < 25; i++) answers.Add(await platform.Staff.SignInAsync(password: $"guess {i}"));
        Assert.Contains(TooManyRequests, answers);
        Assert.True(answers.Count(answer => answer == Unauthorized) <= 20, "Two windows of a minute hold twenty guesses.");
    }

    [Fact]
    public async Task Without_a_password_nobody_can_sign_in()
    {
        await using var registry = await RegistryHost.StartAsync();
        await using var platform = await PlatformHost.StartAsync(registry, new StoryClock(registry), "--Staff:PasswordHash", "");
        Assert.Contains("no password is set", await platform.Http.GetStringAsync("/staff"), StringComparison.Ordinal);
        using var form = new FormUrlEncodedContent([new("name", "staff"), new("password", "")]);
        using var answer = await platform.Http.PostAsync("/staff/sign-in", form);
        Assert.Equal(BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_request_that_a_page_elsewhere_makes_in_the_name_of_staff_is_refused()
    {
        await using var registry = await RegistryHost.StartAsync();
        await using var platform = await PlatformHost.StartAsync(registry, new StoryClock(registry));
        Assert.Equal(Redirect, await platform.Staff.SignInAsync());
        foreach (var token in (string?[])[null, "", "made up"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/lists/refresh");
            if (token is not null) request.Headers.Add("RequestVerificationToken", token);
            using var answer = await platform.Staff.SendAsync(request);
            Assert.Equal(BadRequest, answer.StatusCode);
        }
        using var form = new HttpRequestMessage(HttpMethod.Post, "/lists/refresh") { Content = new FormUrlEncodedContent([new("x", "y")]) };
        using var forged = await platform.Staff.SendAsync(form);
        Assert.Equal(BadRequest, forged.StatusCode);

        using var page = new HttpRequestMessage(HttpMethod.Post, "/lists/refresh") { Content = new FormUrlEncodedContent([new("__RequestVerificationToken", await platform.Staff.TokenAsync())]) };
        using var own = await platform.Staff.SendAsync(page);
        Assert.Equal((Redirect, "/staff"), (own.StatusCode, own.Headers.Location?.ToString()));
    }

    [Theory]
    [InlineData("evil.example", BadRequest)]
    [InlineData("127.0.0.1", OK)]
    [InlineData("localhost", OK)]
    public async Task Only_under_its_own_names_the_platform_answers(string host, System.Net.HttpStatusCode expected)
    {
        await using var registry = await RegistryHost.StartAsync();
        await using var platform = await PlatformHost.StartAsync(registry, new StoryClock(registry));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = host } };
        using var answer = await platform.Http.SendAsync(request);
        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData("fractal.jpg", "image/jpeg")]
    [InlineData("landscape.png", "image/png")]
    [InlineData("landscape.webp", "image/webp")]
    [InlineData("landscape.gif", "image/gif")]
    [InlineData("landscape.avif", "image/avif")]
    [InlineData("landscape.heic", "application/octet-stream")]
    public async Task A_photo_is_kept_for_nobody_else_and_shown_as_the_picture_it_is(string file, string type)
    {
        await using var registry = await RegistryHost.StartAsync();
        await using var platform = await PlatformHost.StartAsync(registry, new StoryClock(registry));
        Assert.Null((await platform.RefreshAsync()).Error);
        using var photo = new ByteArrayContent(await File.ReadAllBytesAsync(TestData.Fixture($"images/{file}"))) { Headers = { ContentType = new MediaTypeHeaderValue("text/html") } };
        using var form = new MultipartFormDataContent { { photo, "photo", "page.html" } };
        using var created = await platform.Http.PostAsync("/photos", form);
        Assert.Equal(Created, created.StatusCode);

        using var answer = await platform.Http.GetAsync(created.Headers.Location);
        Assert.Equal(type, answer.Content.Headers.ContentType?.ToString());
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("default-src 'none'; sandbox", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal(type == "application/octet-stream" ? "attachment" : null, answer.Content.Headers.ContentDisposition?.DispositionType);
        Assert.SkipWhen(OperatingSystem.IsWindows(), "files have no Unix mode");
        var kept = Assert.Single(Directory.GetFiles(Path.Combine(platform.Folder, "photos")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, ModeOf(kept));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, ModeOf(Path.GetDirectoryName(kept)!));
    }

    private static UnixFileMode ModeOf(string path) => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path);

    [Fact]
    public async Task Pages_run_nothing_and_are_framed_by_nobody()
    {
        await using var registry = await RegistryHost.StartAsync();
        await using var platform = await PlatformHost.StartAsync(registry, new StoryClock(registry));
        foreach (var path in (string[])["/", "/staff"])
        {
            using var answer = await platform.Http.GetAsync(path);
            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            foreach (var part in (string[])["default-src 'none'", "frame-ancestors 'none'", "form-action 'self'"]) Assert.Contains(part, policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        }
    }
}
