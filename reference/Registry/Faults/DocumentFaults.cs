using System.Globalization;
using System.Xml.Linq;
using Microsoft.AspNetCore.WebUtilities;

namespace Registry.Faults;

/// <summary>Faults within a page of entries. The page is served rightly first, then spoilt.</summary>
public static class DocumentFaults
{
    private static XNamespace Ns => CapturedAnswer.Namespace;

    /// <summary>The blocks that hold no entries are left out.</summary>
    public static RegistryFault MissingBlocks() => Rewrite(page =>
        Blocks(page).Where(block => !block.HasElements).ToList().ForEach(block => block.Remove()));

    /// <summary>Elements and attributes that no documentation speaks of, everywhere, of this namespace and of another.</summary>
    public static RegistryFault UnknownElements() => Rewrite(page =>
    {
        XNamespace other = "urn:example:other";
        foreach (var element in page.DescendantsAndSelf().Where(element => element.HasElements).ToList())
        {
            element.SetAttributeValue("unknown", "value");
            element.AddFirst(new XElement(Ns + "unknown", new XElement(Ns + "deeper", "text")));
            element.Add(new XElement(other + "image", new XElement(other + "id", "not an entry")));
        }
    });

    /// <summary>A tombstone for an entry that never was.</summary>
    public static RegistryFault TombstoneOfUnknown() => Rewrite(page => AddImage(page, new XElement(Ns + "deletedImage",
        new XElement(Ns + "member", new XAttribute("id", 1), "Take It Down"),
        new XElement(Ns + "id", "never-was"),
        new XElement(Ns + "timestamp", "2026-01-31T23:59:59Z"))));

    /// <summary>An entry with one hash that is none, beside one that is.</summary>
    public static RegistryFault MalformedHash() => Rewrite(page => AddImage(page, new XElement(Ns + "image",
        new XElement(Ns + "member", new XAttribute("id", 1), "Take It Down"),
        new XElement(Ns + "timestamp", "2026-01-31T23:59:59Z"),
        new XElement(Ns + "id", "malformed"),
        new XElement(Ns + "fingerprints", new XElement(Ns + "md5", "not hexadecimal"), new XElement(Ns + "sha1", new string('a', 40))))));

    /// <summary>Counts that promise one entry more than there is.</summary>
    public static RegistryFault WrongCount() => Rewrite(page =>
    {
        foreach (var block in Blocks(page)) block.SetAttributeValue("count", (int)block.Attribute("count")! + 1);
    });

    /// <summary>The entries of the page in backward order.</summary>
    public static RegistryFault EntriesReversed() => Rewrite(page =>
    {
        foreach (var block in Blocks(page)) block.ReplaceNodes(block.Elements().Reverse().ToList());
    });

    /// <summary>The second page of a window comes first, then the first one, then the rest. Queue it twice.</summary>
    public static RegistryFault PagesSwapped()
    {
        byte[]? held = null;
        return async (context, serve) =>
        {
            if (held is not null)
            {
                await CapturedAnswer.CaptureAsync(context, serve);
                await CapturedAnswer.SendAsync(context, held);
                return;
            }
            var first = CapturedAnswer.Parse(await CapturedAnswer.CaptureAsync(context, serve));
            if (first.Next()?.Value is { } next)
            {
                context.Request.QueryString = new QueryString(next[next.IndexOf('?', StringComparison.Ordinal)..]);
                var second = CapturedAnswer.Parse(await CapturedAnswer.CaptureAsync(context, serve));
                first.SetNext(second.Next()?.Value);
                second.SetNext(next);
                held = CapturedAnswer.Print(first);
                first = second;
            }
            await CapturedAnswer.SendAsync(context, CapturedAnswer.Print(first));
        };
    }

    /// <summary>A <c>next</c> on another origin, which would get the credentials.</summary>
    public static RegistryFault NextElsewhere(Uri origin) => Rewrite(page => page.SetNext(new Uri(origin, page.Next()?.Value ?? "/v2/entries").AbsoluteUri));

    /// <summary>A <c>next</c> of another window; followed, it is refused.</summary>
    public static RegistryFault NextOfAnotherWindow() => Rewrite(page =>
        page.SetNext(page.Next()?.Value.Replace("from=", "from=1999-12-31T00%3A00%3A00Z&was=", StringComparison.Ordinal)));

    /// <summary>No <c>next</c>, whatever is left: the rest of the window is lost in silence.</summary>
    public static RegistryFault RestLost() => Rewrite(page => page.SetNext(null));

    /// <summary>A <c>next</c> that leads back to the same page.</summary>
    public static RegistryFault NextLoops() => (context, serve) => CapturedAnswer.RewriteAsync(context, serve,
        page => page.SetNext("/v2/entries" + context.Request.QueryString));

    /// <summary>A <c>next</c> that leads to the same page under another address, and from there back.</summary>
    public static RegistryFault NextCircles() => (context, serve) => CapturedAnswer.RewriteAsync(context, serve, page =>
    {
        const string Round = "&round=2";
        var query = context.Request.QueryString.Value!;
        page.SetNext("/v2/entries" + (query.EndsWith(Round, StringComparison.Ordinal) ? query[..^Round.Length] : query + Round));
    });

    /// <summary>The same page for ever, each time with another <c>next</c>.</summary>
    public static RegistryFault NextNeverEnds()
    {
        var page = 1;
        return Rewrite(document => document.SetNext(string.Create(CultureInfo.InvariantCulture, $"/v2/entries?page={++page}")));
    }

    /// <summary>Every entry, whatever times are asked for, and the claim that there are a million. Queue it for every request.</summary>
    public static RegistryFault TimesIgnored() => (context, serve) =>
    {
        // What was really asked for before rides along, since the pages that follow are of that.
        var (from, to) = (context.Request.Query["from"], context.Request.Query["to"]);
        context.Request.QueryString = new QueryString("?" + context.Request.Query["was"]);
        return CapturedAnswer.RewriteAsync(context, serve, page =>
        {
            if (page.Next()?.Value.Split('?') is not [var path, var served]) return;
            var query = QueryHelpers.ParseQuery(served);
            page.SetNext(QueryHelpers.AddQueryString(path, new Dictionary<string, string?>
            {
                ["from"] = from,
                ["to"] = to,
                ["start"] = query["start"],
                ["size"] = query["size"],
                ["max"] = "1000000",
                ["was"] = served,
            }));
        });
    };

    private static RegistryFault Rewrite(Action<XElement> change) => (context, serve) => CapturedAnswer.RewriteAsync(context, serve, change);

    private static IEnumerable<XElement> Blocks(XElement page) => page.Elements(Ns + "images").Concat(page.Elements(Ns + "videos"));

    private static void AddImage(XElement page, XElement entry)
    {
        var images = page.Element(Ns + "images")!;
        images.Add(entry);
        images.SetAttributeValue("count", images.Elements().Count());
        if (images.Attribute("maxTimestamp") is null) images.SetAttributeValue("maxTimestamp", entry.Element(Ns + "timestamp")!.Value);
    }
}
