using System.Text;
using System.Text.Json;
using Microsoft.Playwright;
using TakeItDown.Matching.Tests;
using static Microsoft.Playwright.Assertions;

namespace TakeItDown.Matching.EndToEnd.Tests.Page;

/// <summary>The one promise: the picture never leaves the device.</summary>
public sealed class PromiseTests(PageFixture fixture) : PageTest(fixture)
{
    private static readonly string[] Chosen = ["images/landscape.jpg", "images/shapes-thumb.jpg", "images/landscape.tiff", "images/landscape.heic"];

    [Fact]
    public async Task Nothing_but_the_fingerprints_leaves_the_browser()
    {
        await BeginAsync();
        Witness.Forget();
        await ChooseAsync(Chosen);
        // Decoders for HEIC and TIFF are parts of the page that are fetched when such a file is chosen, and say nothing of it.
        Assert.All(Witness.Seen, AssertIsPartOfThePage);
        Assert.Contains(Witness.Seen, seen => seen.Url == Address + "heif/libheif-bundle.mjs");
        Witness.Forget();

        await PressAsync("Check what will be sent");
        Assert.Empty(Witness.Seen);

        await PressAsync("Send the fingerprints");
        await SeeHeadingAsync("Done. The fingerprints are on the list.");
        var sent = Assert.Single(Witness.Seen);
        Assert.Equal("PUT", sent.Method);
        Assert.Matches($"^{Address}api/submissions/[0-9A-Z]{{4}}-[0-9A-Z]{{4}}-[0-9A-Z]{{4}}$", sent.Url);
        AssertOnlyFingerprints(sent.Body);
        Assert.DoesNotContain("Cookie:", sent.Headers, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Referer:", sent.Headers, StringComparison.OrdinalIgnoreCase);
        foreach (var request in Witness.All)
        {
            foreach (var file in Chosen) AssertNoTrace(file, request.Everything);
        }
        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task The_page_works_without_a_network_until_the_moment_of_sending()
    {
        await BeginAsync();
        await Context.SetOfflineAsync(true);
        await ChooseAsync(Chosen);
        await Expect(Page.Locator(".status")).ToHaveTextAsync("2 protected, 2 only partly");
        await PressAsync("Get help");
        await PressAsync("Start");
        await PressAsync("Get Started");
        await SendAsync();
        await Expect(Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("could not be reached");

        await Context.SetOfflineAsync(false);
        await PressAsync("Send the fingerprints");
        await SeeHeadingAsync("Done. The fingerprints are on the list.");
    }

    [Fact]
    public async Task The_policy_forbids_every_other_connection()
    {
        await BeginAsync();
        Witness.Forget();
        var outcome = await Page.EvaluateAsync<string[]>("""
            async () => {
                const settles = (thing, good) => new Promise((resolve, reject) => { thing[good] = resolve; thing.onerror = reject; });
                const tries = [
                    () => fetch('http://elsewhere.example/', { method: 'POST', body: 'x' }),
                    () => settles(Object.assign(new Image(), { src: 'http://elsewhere.example/x' }), 'onload'),
                    () => settles(new WebSocket('ws://elsewhere.example/'), 'onopen'),
                ];
                return Promise.all(tries.map(go => go().then(() => 'went', () => 'refused')));
            }
            """);
        Assert.All(outcome, told => Assert.Equal("refused", told));
        Assert.Empty(Witness.Seen);
        Assert.NotEmpty(Complaints);
    }

    [Fact]
    public async Task Nothing_is_stored_in_the_browser()
    {
        await BeginAsync();
        await ChooseAsync("images/landscape.jpg");
        await SubmittedAsync();
        Assert.Equal(0, await Page.EvaluateAsync<int>("() => localStorage.length + sessionStorage.length + document.cookie.length"));
        Assert.Equal(0, await Page.EvaluateAsync<int>("async () => (await indexedDB.databases()).length + (await caches.keys()).length"));
    }

    private void AssertIsPartOfThePage(Exchange seen)
    {
        Assert.Equal("GET", seen.Method);
        Assert.Matches($"^{Address}(assets/[A-Za-z0-9_-]+\\.js|heif/libheif-bundle\\.mjs)$", seen.Url);
        Assert.Empty(seen.Body);
    }

    private static void AssertOnlyFingerprints(byte[] body)
    {
        var root = JsonDocument.Parse(body).RootElement;
        Assert.Equal(["items"], Names(root));
        foreach (var item in root.GetProperty("items").EnumerateArray())
        {
            Assert.Equal(["media", "hashes"], Names(item));
            Assert.Contains(item.GetProperty("media").GetString(), (string[])["image", "video"]);
            foreach (var hash in item.GetProperty("hashes").EnumerateArray())
            {
                var (names, digits) = hash.GetProperty("kind").GetString() switch
                {
                    "md5" => (["kind", "value"], 32),
                    "sha1" => (["kind", "value"], 40),
                    "sha256" => (["kind", "value"], 64),
                    "pdq" => ((string[])["kind", "value", "quality"], 64),
                    var kind => throw new InvalidOperationException($"The page sent a hash of the kind {kind}."),
                };
                Assert.Equal(names, Names(hash));
                Assert.Matches($"^[0-9a-f]{{{digits}}}$", hash.GetProperty("value").GetString()!);
            }
        }
    }

    private static string[] Names(JsonElement element) => [.. element.EnumerateObject().Select(property => property.Name)];

    /// <summary>Looks for the file's name and for samples of its bytes: as they are, in hexadecimal, and in Base64 at each of its phases.</summary>
    private static void AssertNoTrace(string file, byte[] everything)
    {
        var bytes = File.ReadAllBytes(TestData.Fixture(file));
        var text = Encoding.Latin1.GetString(everything);
        Assert.DoesNotContain(Path.GetFileNameWithoutExtension(file), text, StringComparison.OrdinalIgnoreCase);
        for (var at = 0; at + 14 <= bytes.Length; at += 997)
        {
            Assert.True(everything.AsSpan().IndexOf(bytes.AsSpan(at, 12)) < 0, "A request carries bytes of the file.");
            Assert.DoesNotContain(Convert.ToHexString(bytes, at, 12), text, StringComparison.OrdinalIgnoreCase);
            for (var phase = 0; phase < 3; phase++)
            {
                Assert.DoesNotContain(Convert.ToBase64String(bytes, at + phase, 12), text, StringComparison.Ordinal);
            }
        }
    }
}
