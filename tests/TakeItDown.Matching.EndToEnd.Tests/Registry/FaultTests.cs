extern alias ReferenceRegistry;

using System.Net;
using System.Xml;
using System.Xml.Linq;
using ReferenceRegistry::Registry.Faults;
using static TakeItDown.Matching.EndToEnd.Tests.Registry.RegistryHost;

namespace TakeItDown.Matching.EndToEnd.Tests.Registry;

public sealed class FaultTests
{
    private const string List = "/npo/v2/entries";

    [Fact]
    public async Task A_fault_lasts_as_long_as_it_was_asked_for_and_hits_only_its_call()
    {
        await using var registry = await StartAsync();
        registry.Faults.Add(RegistryFaults.None);
        registry.Faults.Add(AnswerFaults.Status(503), times: 2);
        registry.Faults.Add(AnswerFaults.Status(500), call: "/feedback");
        Assert.Equal(4, registry.Faults.Pending);

        foreach (var status in (int[])[200, 503, 503, 200]) Assert.Equal(status, await StatusAsync(List));
        Assert.Equal(200, await StatusAsync("/npo/v2/status"));
        using var feedback = await registry.Member.PutAsync("/npo/v2/entries/9/a/MD5/feedback", new StringContent(""));
        Assert.Equal(500, (int)feedback.StatusCode);
        registry.Faults.Add(AnswerFaults.Status(401));
        registry.Faults.Clear();
        Assert.Equal((0, 200), (registry.Faults.Pending, await StatusAsync(List)));

        async Task<int> StatusAsync(string path)
        {
            using var response = await registry.Member.GetAsync(path);
            return (int)response.StatusCode;
        }
    }

    [Fact]
    public async Task Statuses_redirects_and_headers_are_as_asked()
    {
        await using var registry = await StartAsync();
        using var limited = await WithAsync(registry, AnswerFaults.Status(429, TimeSpan.FromSeconds(17)));
        Assert.Equal((429, TimeSpan.FromSeconds(17)), ((int)limited.StatusCode, limited.Headers.RetryAfter!.Delta));
        using var redirect = await WithAsync(registry, AnswerFaults.Redirect(new Uri("http://127.0.0.2:1/elsewhere")));
        Assert.Equal((HttpStatusCode.Redirect, "http://127.0.0.2:1/elsewhere"), (redirect.StatusCode, redirect.Headers.Location!.AbsoluteUri));
        using var html = await WithAsync(registry, AnswerFaults.ContentType("text/html"));
        Assert.Equal("text/html", html.Content.Headers.ContentType!.MediaType);
        using var skewed = await WithAsync(registry, AnswerFaults.ClockSkew(TimeSpan.FromHours(-3)));
        Assert.Equal(Start.AddHours(-3), skewed.Headers.Date);
        using var right = await registry.Member.GetAsync(List);
        Assert.Equal((Start, "application/xml"), (right.Headers.Date, right.Content.Headers.ContentType!.MediaType));
    }

    [Fact]
    public async Task Bodies_break_off_or_never_end()
    {
        await using var registry = await StartAsync();
        registry.Store.Put([Samples.Image(Other, "a", 0)]);
        using var whole = await registry.Member.GetAsync(List);
        var length = (await whole.Content.ReadAsByteArrayAsync()).Length;

        using var cut = await WithAsync(registry, AnswerFaults.CutOff());
        var half = await cut.Content.ReadAsStringAsync();
        Assert.Equal(length / 2, half.Length);
        Assert.Throws<XmlException>(() => XElement.Parse(half));
        registry.Faults.Add(AnswerFaults.ConnectionLost());
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => registry.Member.GetByteArrayAsync(List));

        using var endless = await WithAsync(registry, AnswerFaults.OverLong(5_000_000));
        var document = await endless.Content.ReadAsStringAsync();
        Assert.InRange(document.Length, 5_000_000, 5_200_000);
        Assert.Equal(Ns + "queryResult", XElement.Parse(document).Name);
    }

    [Fact]
    public async Task A_body_can_stop_arriving()
    {
        await using var registry = await StartAsync();
        using var stuck = await WithAsync(registry, AnswerFaults.Slow(Timeout.InfiniteTimeSpan));
        await using var body = await stuck.Content.ReadAsStreamAsync();
        var buffer = new byte[64];
        await body.ReadExactlyAsync(buffer);
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await body.ReadExactlyAsync(buffer, patience.Token));

        using var slow = await WithAsync(registry, AnswerFaults.Slow(TimeSpan.FromMilliseconds(1)));
        Assert.Equal(Ns + "queryResult", XElement.Parse(await slow.Content.ReadAsStringAsync()).Name);
    }

    [Fact]
    public async Task A_dtd_bomb_is_one()
    {
        await using var registry = await StartAsync();
        using var response = await WithAsync(registry, AnswerFaults.DtdBomb());
        var text = await response.Content.ReadAsStringAsync();
        Assert.InRange(text.Length, 100, 2000);
        using var forbidding = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        Assert.Throws<XmlException>(() => { while (forbidding.Read()) { } });
        using var bounded = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Parse, MaxCharactersFromEntities = 1_000_000 });
        Assert.Throws<XmlException>(() => { while (bounded.Read()) { } });
    }

    [Fact]
    public async Task Documents_are_spoilt_as_asked()
    {
        await using var registry = await StartAsync();
        registry.Store.Put([Samples.Image(Other, "a", 0), Samples.Image(Other, "b", 0)]);

        Assert.Equal(["images"], (await PageAsync(DocumentFaults.MissingBlocks())).Elements().Select(one => one.Name.LocalName));
        Assert.Equal(["b", "a"], Entries(await PageAsync(DocumentFaults.EntriesReversed())).Select(Id));
        Assert.Equal("3", (await PageAsync(DocumentFaults.WrongCount())).Element(Ns + "images")!.Attribute("count")!.Value);

        var tombstone = await PageAsync(DocumentFaults.TombstoneOfUnknown());
        Assert.Equal("3", tombstone.Element(Ns + "images")!.Attribute("count")!.Value);
        Assert.Equal("never-was", Id(tombstone.Descendants(Ns + "deletedImage").Single()));

        var malformed = Entries(await PageAsync(DocumentFaults.MalformedHash())).Single(entry => Id(entry) == "malformed");
        Assert.False(HashValue.TryParse(HashKind.Md5, malformed.Descendants(Ns + "md5").Single().Value, out _));
        Assert.True(HashValue.TryParse(HashKind.Sha1, malformed.Descendants(Ns + "sha1").Single().Value, out _));

        var unknown = await PageAsync(DocumentFaults.UnknownElements());
        Assert.Equal(6, unknown.Descendants(Ns + "unknown").Count());
        Assert.Equal(["a", "b"], unknown.Descendants(Ns + "image").Select(Id));
        Assert.NotEmpty(unknown.Descendants(XName.Get("image", "urn:example:other")));

        async Task<XElement> PageAsync(RegistryFault fault)
        {
            registry.Faults.Add(fault);
            return await registry.XmlAsync("/v2/entries");
        }
    }

    [Fact]
    public async Task Next_misleads_as_asked()
    {
        await using var registry = await StartAsync("--Registry:PageSize", "2");
        registry.Store.Put(Enumerable.Range(1, 5).Select(i => Samples.Image(Other, $"{i}", i)));
        var first = "/v2/entries" + Window(0, 9);

        Assert.StartsWith("http://127.0.0.2:1/v2/entries?from=", await NextAsync(DocumentFaults.NextElsewhere(new Uri("http://127.0.0.2:1"))));
        Assert.Null(await NextAsync(DocumentFaults.RestLost()));
        Assert.Equal(first, await NextAsync(DocumentFaults.NextLoops()));
        Assert.Equal(first + "&round=2", await NextAsync(DocumentFaults.NextCircles()));
        using var refused = await registry.Member.GetAsync("/npo" + await NextAsync(DocumentFaults.NextOfAnotherWindow()));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);

        registry.Faults.Add(DocumentFaults.NextNeverEnds(), times: 3);
        var same = (await Task.WhenAll(Enumerable.Repeat(first, 3).Select(page => registry.XmlAsync(page)))).ToList();
        Assert.Equal(3, same.Select(Next).Distinct().Count());
        Assert.All(same, page => Assert.Equal(["1", "2"], Entries(page).Select(Id)));

        registry.Clock.Now = Start.AddSeconds(9);
        registry.Faults.Add(DocumentFaults.TimesIgnored(), times: 3);
        var all = await registry.PagesAsync(Window(8, 9));
        Assert.Equal(["1", "2", "3", "4", "5"], all.SelectMany(Entries).Select(Id));
        Assert.Contains("max=1000000", Next(all[0]), StringComparison.Ordinal);

        async Task<string?> NextAsync(RegistryFault fault)
        {
            registry.Faults.Add(fault);
            return Next(await registry.XmlAsync(first));
        }
    }

    [Fact]
    public async Task Pages_can_come_out_of_order()
    {
        await using var registry = await StartAsync("--Registry:PageSize", "2");
        registry.Store.Put(Enumerable.Range(1, 6).Select(i => Samples.Image(Other, $"{i}", i)));
        registry.Faults.Add(DocumentFaults.PagesSwapped(), times: 2);
        Assert.Equal(["3", "4", "1", "2", "5", "6"], (await registry.EntriesAsync(Window(0, 9))).Select(Id));

        registry.Faults.Add(DocumentFaults.PagesSwapped(), times: 2);
        Assert.Equal(["1", "2"], (await registry.EntriesAsync(Window(0, 2))).Select(Id));
    }

    [Fact]
    public async Task Something_can_happen_while_a_client_pages()
    {
        await using var registry = await StartAsync("--Registry:PageSize", "2");
        registry.Store.Put(Enumerable.Range(1, 4).Select(i => Samples.Image(Other, $"{i}", i)));
        registry.Faults.Add(RegistryFaults.None);
        registry.Faults.Add(AnswerFaults.Meanwhile(() => registry.Store.Delete(Other, "3")));
        registry.Clock.Now = Start.AddSeconds(9);
        Assert.Equal(["1", "2", "4"], (await registry.EntriesAsync(Window(0, 9))).Select(Id));
    }

    private static async Task<HttpResponseMessage> WithAsync(RegistryHost registry, RegistryFault fault)
    {
        registry.Faults.Add(fault);
        return await registry.Member.GetAsync(List, HttpCompletionOption.ResponseHeadersRead);
    }
}
