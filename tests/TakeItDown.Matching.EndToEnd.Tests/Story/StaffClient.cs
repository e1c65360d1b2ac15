using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;

namespace TakeItDown.Matching.EndToEnd.Tests.Story;

/// <summary>A person of the platform's staff, with a browser's cookies: signs in where need be, and sends the page's antiforgery token along.</summary>
internal sealed partial class StaffClient(Uri platform) : IDisposable
{
    public const string Password = "a password for staff";

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = platform };

    public async Task<T> GetAsync<T>(string path)
    {
        using var answer = await SendAsync(HttpMethod.Get, path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<T>())!;
    }

    public Task<HttpResponseMessage> PostAsync(string path, object? json = null) => SendAsync(HttpMethod.Post, path, json);

    /// <summary>The antiforgery token of the page for staff, as it is to whoever asks.</summary>
    public async Task<string> TokenAsync() => Token().Match(await _http.GetStringAsync("/staff")).Groups[1].Value;

    /// <summary>Sends a request as it is, with the cookies that there are.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => _http.SendAsync(request);

    public async Task<HttpStatusCode> SignInAsync(string name = "staff", string password = Password)
    {
        using var form = new FormUrlEncodedContent([new("name", name), new("password", password), new("__RequestVerificationToken", await TokenAsync())]);
        using var answer = await _http.PostAsync("/staff/sign-in", form);
        return answer.StatusCode;
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? json = null)
    {
        for (var signIn = true; ; signIn = false)
        {
            using var request = new HttpRequestMessage(method, path) { Content = json is null ? null : JsonContent.Create(json) };
            if (method != HttpMethod.Get) request.Headers.Add("RequestVerificationToken", await TokenAsync());
            var answer = await _http.SendAsync(request);
            if (answer.StatusCode != HttpStatusCode.Unauthorized || !signIn) return answer;
            answer.Dispose();
            Assert.Equal(HttpStatusCode.Redirect, await SignInAsync());
        }
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}
