using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TakeItDown.Matching.Tool.Input;
using TakeItDown.Matching.Registries.HashFiles;
using TakeItDown.Matching.Tool.Output;

namespace TakeItDown.Matching.Tool.Commands;

/// <summary><c>takeitdown scan</c>: compares files with a list.</summary>
internal static class ScanCommand
{
    private static readonly HashKind[] Kinds = [HashKind.Md5, HashKind.Sha1, HashKind.Sha256, HashKind.Pdq];

    public static Command Create()
    {
        var paths = SharedArguments.Paths();
        var list = new Option<FileInfo>("--list")
        {
            Description = "A file of hashes: kind,value[,entry] a line, with the kinds md5, sha1, sha256, pdq, and vpdq for each frame of a video; "
                + "or in one of the formats that --format names.",
            HelpName = "FILE",
        }.AcceptExistingFile();
        string[] formats = [.. ListFormat.Table.Select(each => each.Name)];
        var format = new Option<string>("--format")
        {
            Description = $"The format of the file given with --list: {string.Join(", ", formats)}. Without it, the content tells.",
            HelpName = "FORMAT",
        };
        format.AcceptOneOf(formats);
        var kind = new Option<string>("--kind")
        {
            Description = "The kind of the hashes in a file that does not tell it: md5, sha1, sha256 or pdq.",
            HelpName = "KIND",
        };
        kind.AcceptOneOf([.. Kinds.Select(each => each.ToName())]);
        var store = new Option<FileInfo>("--store") { Description = "A list store, as 'takeitdown sync' and the SQLite package write it.", HelpName = "FILE" }.AcceptExistingFile();
        var failOnMatch = new Option<bool>("--fail-on-match") { Description = "Exit with 3 if anything matches." };
        var command = new Command("scan", "Compare files with a list of hashes.") { paths, list, format, kind, store, failOnMatch };
        command.Validators.Add(result =>
        {
            if (result.GetResult(list) is null == result.GetResult(store) is null) result.AddError("Give either --list FILE or --store FILE.");
            else if (result.GetResult(list) is null && (result.GetResult(format) ?? result.GetResult(kind)) is not null)
                result.AddError("--format and --kind say how to read --list FILE.");
        });
        command.SetGuardedAction((parsed, cancelled) => RunAsync(
            parsed.GetRequiredValue(paths),
            parsed.GetValue(list) is { } file ? ReadList(file, parsed.GetValue(format), parsed.GetValue(kind), cancelled) : null,
            parsed.GetValue(store), parsed.GetValue(failOnMatch), cancelled));
        return command;
    }

    /// <summary>Reads the list before anything is scanned: with a list of which nothing could be read, "no match" would be a lie.</summary>
    private static ListReading ReadList(FileInfo file, string? format, string? kind, CancellationToken cancellationToken)
    {
        try
        {
            using var content = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            var known = ListFormat.Table.FirstOrDefault(each => each.Name == format);
            var reading = ListFile.Read(content, known, HashKindExtensions.FromName(kind), cancellationToken);
            ListReport.Say(reading);
            return reading.Entries.IsEmpty ? throw new UsageException("Nothing could be read of the list, so nothing was scanned.") : reading;
        }
        catch (ListFormatException e)
        {
            throw new UsageException($"{e.Message} Nothing was scanned.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException("The list could not be read, so nothing was scanned.");
        }
    }

    private static async Task<int> RunAsync(string[] paths, ListReading? list, FileInfo? store, bool failOnMatch, CancellationToken cancellationToken)
    {
        if (store is not null) StoreFile.Check(store);
        var names = store is null ? [] : await NamesAsync(store.FullName, cancellationToken);
        await using var services = ToolServices.Create(builder =>
        {
            if (list is not null) builder.Services.AddSingleton<IListSource>(new TextListSource(list, TimeProvider.System));
            if (store is not null) builder.UseSqliteStore(store.FullName);
            foreach (var name in names) builder.Services.AddSingleton<IListSource>(new StoredListSource(name));
        });
        var lists = services.GetRequiredService<IListManager>();
        if (list is null) await lists.LoadAsync(cancellationToken);
        else await lists.RefreshAsync(progress: null, cancellationToken);
        if (lists.Lists.Count == 0) Complaints.Say("the store holds no list; 'takeitdown sync' reads one into it");
        return await ScanAsync(services.GetRequiredService<IContentScanner>(), paths, failOnMatch, list?.IsIncomplete == true, cancellationToken);
    }

    private static Task<int> ScanAsync(IContentScanner scanner, string[] paths, bool failOnMatch, bool incomplete, CancellationToken cancellationToken) =>
        TerminalProgress.RunBesideOutputAsync("Scanning", async report =>
        {
            using var output = new JsonLines();
            var (done, matches) = (0, 0);
            var everyMatch = new ScanOptions { StopAtFirstMatch = false, WaitForTurn = true, Progress = new VideoReporter(report) };
            await foreach (var file in FileBatch.RunAsync(PathWalker.Expand(paths), (stream, token) => scanner.ScanAsync(stream, everyMatch, token), cancellationToken))
            {
                var verdict = file.Result?.Verdict ?? Verdict.NotScannable;
                if (verdict == Verdict.Match) matches++;
                incomplete |= verdict is Verdict.NotScannable or Verdict.ListUnavailable;
                output.Write(json => Write(json, file.Path, verdict, file.Result?.Reason ?? ScanReason.None, file.Error, file.Result?.Matches ?? []));
                report($"{++done} files scanned, {matches} matched", null);
            }
            return failOnMatch && matches > 0 ? ExitCode.Match : incomplete ? ExitCode.Incomplete : ExitCode.Done;
        });

    private static async Task<IReadOnlyList<string>> NamesAsync(string store, CancellationToken cancellationToken)
    {
        using var lists = new SqliteListStore(store);
        return await lists.GetNamesAsync(cancellationToken);
    }

    private static void Write(Utf8JsonWriter json, string path, Verdict verdict, ScanReason reason, string? error, IReadOnlyList<Match> matches)
    {
        json.WriteString("path", path);
        json.WriteString("verdict", JsonNamingPolicy.CamelCase.ConvertName(verdict.ToString()));
        json.WriteString("reason", error ?? (reason == ScanReason.None ? null : reason.Explain()));
        json.WriteString("reasonCode", reason == ScanReason.None ? null : JsonNamingPolicy.CamelCase.ConvertName(reason.ToString()));
        json.WriteStartArray("matches");
        foreach (var match in matches) Write(json, match);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, Match match)
    {
        json.WriteStartObject();
        json.WriteString("list", match.List);
        json.WriteString("entry", match.Entry);
        json.WriteString("member", match.Member);
        json.WriteString("classification", match.Classification);
        json.WriteString("kind", match.Kind.ToName());
        json.WriteNumber("distance", match.Distance);
        if (match.Quality is { } quality) json.WriteNumber("quality", quality);
        else json.WriteNull("quality");
        json.WriteString("orientation", match.Orientation is { } orientation ? JsonNamingPolicy.CamelCase.ConvertName(orientation.ToString()) : null);
        json.WriteString("way", JsonNamingPolicy.CamelCase.ConvertName(match.Way.ToString()));
        if (match.FrameTime is { } time) json.WriteNumber("frameSeconds", Math.Round(time.TotalSeconds, 3));
        if (match.QueryShare is { } queryShare) json.WriteNumber("queryShare", Math.Round(queryShare, 3));
        if (match.ListedShare is { } listedShare) json.WriteNumber("listedShare", Math.Round(listedShare, 3));
        json.WriteEndObject();
    }
}
