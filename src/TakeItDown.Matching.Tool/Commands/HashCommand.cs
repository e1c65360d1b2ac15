using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TakeItDown.Matching.Tool.Input;
using TakeItDown.Matching.Tool.Output;

namespace TakeItDown.Matching.Tool.Commands;

/// <summary><c>takeitdown hash</c>: the hashes of files.</summary>
internal static class HashCommand
{
    public static Command Create()
    {
        var paths = SharedArguments.Paths();
        var dihedral = new Option<bool>("--dihedral") { Description = "Add the PDQ hashes of the picture turned and mirrored, in the order as stored, 90, 180, 270 degrees, flip X, Y, +1, -1." };
        var command = new Command("hash", "Print the MD5, SHA-1, SHA-256 and PDQ hashes of files; of videos, the PDQ hash of a frame a second.") { paths, dihedral };
        command.SetGuardedAction((parsed, cancelled) => RunAsync(parsed.GetRequiredValue(paths), parsed.GetValue(dihedral), cancelled));
        return command;
    }

    private static async Task<int> RunAsync(string[] paths, bool dihedral, CancellationToken cancellationToken)
    {
        await using var services = ToolServices.Create(static _ => { });
        var hasher = services.GetRequiredService<IContentHasher>();
        using var output = new JsonLines();
        var exitCode = ExitCode.Done;
        return await TerminalProgress.RunBesideOutputAsync("Hashing", async report =>
        {
            var done = 0;
            await foreach (var file in FileBatch.RunAsync(PathWalker.Expand(paths), (stream, token) => hasher.HashAsync(stream, new VideoReporter(report), token), cancellationToken))
            {
                var error = file.Error ?? Explain(file.Result!.Reason);
                if (error is not null) exitCode = ExitCode.Incomplete;
                output.Write(json => Write(json, file.Path, file.Result, error, dihedral));
                report($"{++done} files hashed", null);
            }
            return exitCode;
        });
    }

    /// <summary>A file that is no picture has every hash it can have; a picture without PDQ has not.</summary>
    private static string? Explain(ScanReason reason) => reason is ScanReason.None or ScanReason.UnknownFormat ? null : reason.Explain();

    private static void Write(Utf8JsonWriter json, string path, ContentHashes? hashes, string? error, bool dihedral)
    {
        json.WriteString("path", path);
        json.WriteString("kind", (hashes?.Media ?? MediaKind.Other) switch { MediaKind.Image => "image", MediaKind.Video => "video", _ => "other" });
        json.WriteNumber("bytes", hashes?.Length ?? 0);
        for (var kind = HashKind.Md5; kind <= HashKind.Sha256; kind++)
        {
            var digest = hashes?.Digests.FirstOrDefault(value => value.Kind == kind);
            json.WriteString(kind.ToName(), digest is { Kind: not HashKind.None } found ? found.ToHexString() : null);
        }
        if (hashes?.Pdq is { } pdq)
        {
            json.WriteStartObject("pdq");
            json.WriteString("hash", pdq.Hash.ToHexString());
            json.WriteNumber("quality", pdq.Quality);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("pdq");
        }
        if (dihedral)
        {
            json.WriteStartArray("dihedral");
            foreach (var hash in hashes?.Dihedral ?? []) json.WriteStringValue(hash.ToHexString());
            json.WriteEndArray();
        }
        if (hashes is { Media: MediaKind.Video } or { Frames.Count: > 0 }) WriteFrames(json, hashes.Frames);
        json.WriteString("error", error);
    }

    private static void WriteFrames(Utf8JsonWriter json, IReadOnlyList<VideoFrame> frames)
    {
        json.WriteStartArray("vpdq");
        foreach (var frame in frames)
        {
            json.WriteStartObject();
            json.WriteNumber("t", Math.Round(frame.Time.TotalSeconds, 3));
            json.WriteString("hash", frame.Hash.ToHexString());
            json.WriteNumber("quality", frame.Quality);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
