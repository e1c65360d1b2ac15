using System.Globalization;
using System.Runtime.CompilerServices;

namespace TakeItDown.Matching.PublicApi.Tests.Kits;

/// <summary>A source as a partner would write one: pages of three entries, and a cursor that counts them.</summary>
internal sealed class PartnerSource : IListSource
{
    public const int Pages = 3;

    public string Name => "partner";

    public async IAsyncEnumerable<ListPage> ReadAsync(string? cursor, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (var page = int.Parse(cursor ?? "0", CultureInfo.InvariantCulture); page < Pages; page++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.CompletedTask;
            yield return new ListPage
            {
                Upserts = [.. Enumerable.Range(page * 3, 3).Select(Entry)],
                StartsOver = cursor is null && page == 0,
                Cursor = (page + 1).ToString(CultureInfo.InvariantCulture),
                CompleteThrough = page == Pages - 1 ? DateTimeOffset.UnixEpoch : null,
            };
        }
    }

    public static ListEntry Entry(int number) => new()
    {
        Key = new EntryKey("partner", number.ToString(CultureInfo.InvariantCulture)),
        Media = MediaKind.Image,
        Hashes = [HashValue.FromBytes(HashKind.Md5, [.. BitConverter.GetBytes(number), .. new byte[12]])],
    };
}

/// <summary>A source in which one thing is wrong.</summary>
internal sealed class SourceDouble : IListSource
{
    public Func<string>? Named { get; init; }

    public Func<string?, string?>? Begins { get; init; }

    public Func<string?, int, ListPage, ListPage>? Page { get; init; }

    public bool IgnoresCancellation { get; init; }

    public string Name => Named?.Invoke() ?? "double";

    public async IAsyncEnumerable<ListPage> ReadAsync(string? cursor, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var number = 0;
        await foreach (var page in new PartnerSource().ReadAsync(Begins is null ? cursor : Begins(cursor), IgnoresCancellation ? CancellationToken.None : cancellationToken))
            yield return Page?.Invoke(cursor, number++, page) ?? page;
    }
}

/// <summary>For each rule a source that breaks it, and no other.</summary>
internal static class SourceDoubles
{
    public static Dictionary<string, Func<IListSource>> All { get; } = new()
    {
        ["name"] = () =>
        {
            var asked = 0;
            return new SourceDouble { Named = () => $"source {asked++}" };
        },
        ["begins"] = () => new SourceDouble { Page = (_, _, page) => Copy(page, startsOver: false) },
        ["ends"] = () => new SourceDouble { Page = (_, _, page) => Copy(page, startsOver: page.StartsOver, isComplete: false) },
        ["keys"] = () => new SourceDouble { Page = (_, _, page) => Copy(page, page.StartsOver, upserts: [.. page.Upserts, page.Upserts[0]]) },
        ["cursors"] = () => new SourceDouble { Begins = cursor => cursor?.Trim(), Page = (_, _, page) => Copy(page, page.StartsOver, cursor: page.Cursor + new string(' ', 70_000)) },
        ["goes-on"] = () => new SourceDouble { Page = (cursor, number, page) => cursor is null || number > 0 ? page : Copy(page, page.StartsOver, upserts: []) },
        ["repeats"] = () =>
        {
            var readings = 0;
            return new SourceDouble
            {
                Page = (cursor, number, page) => cursor is null && number == 0 && readings++ > 0 ? Copy(page, page.StartsOver, upserts: [.. page.Upserts, PartnerSource.Entry(77)]) : page,
            };
        },
        ["cancel"] = () => new SourceDouble { IgnoresCancellation = true },
    };

    private static ListPage Copy(ListPage page, bool startsOver, IReadOnlyList<ListEntry>? upserts = null, string? cursor = null, bool isComplete = true) => new()
    {
        Upserts = upserts ?? page.Upserts,
        StartsOver = startsOver,
        Cursor = cursor ?? page.Cursor,
        CompleteThrough = isComplete ? page.CompleteThrough : null,
    };
}
