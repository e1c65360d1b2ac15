using System.Text.Json;
using Microsoft.Extensions.Options;

namespace TakeItDown.Matching.Registries.StopNcii;

/// <summary>
/// Gives feedback to StopNCII.org, which names what it is on by the hash itself. Entries are named by a digest of their hash, since a name shows in
/// results, and so the hash is looked up in the store when the feedback is sent.
/// </summary>
internal sealed class StopNciiFeedbackSource(string name, StopNciiClient client, IListStore store, IOptionsMonitor<StopNciiOptions> options, TimeProvider time) : IFeedbackSource
{
    private const string Affirmation = "Blocked";

    /// <summary>What may be said against a hash, in the words of <c>feedbackValue</c>.</summary>
    private static readonly IReadOnlyList<FeedbackReason> Reasons =
    [
        new("NotBlocked", "Looked at, and not blocked"),
        new("QualityUnknown", "The hash matches too much to be of use"),
    ];

    public string Name => name;

    public HashKinds Kinds
    {
        get
        {
            try
            {
                return string.IsNullOrEmpty(options.GetUsable(name).FeedbackKey) ? HashKinds.None : HashKinds.Pdq | HashKinds.Md5;
            }
            catch (ListSourceException)
            {
                return HashKinds.None;
            }
        }
    }

    /// <summary>They are part of the protocol.</summary>
    public Task<IReadOnlyList<FeedbackReason>> GetReasonsAsync(HashKind kind, CancellationToken cancellationToken = default) => Task.FromResult(Reasons);

    public async Task<FeedbackAnswer> SendAsync(EntryFeedback feedback, CancellationToken cancellationToken = default)
    {
        var value = feedback.Reasons.Count == 0 ? Affirmation : Reasons.FirstOrDefault(reason => feedback.Reasons.Contains(reason.Id, StringComparer.Ordinal))?.Id;
        if (value is null) return FeedbackAnswer.Refused("the reason is none that it knows");
        if (await FindHashAsync(feedback, cancellationToken).ConfigureAwait(false) is not { } hash) return FeedbackAnswer.Refused("the entry is no longer on the list");
        try
        {
            await client.SubmitAsync(Write(hash, value), CurrentOptions, cancellationToken).ConfigureAwait(false);
            return FeedbackAnswer.Taken;
        }
        catch (RegistryRequestException e) when (e.IsRefusal)
        {
            // While a gateway or a wrong root answers in the registry's place, everything is "not found". Who gives pages is the registry.
            await CheckAsync(cancellationToken).ConfigureAwait(false);
            return FeedbackAnswer.Refused(e.Message);
        }
        catch (RegistryRequestException e)
        {
            throw Failure(e);
        }
    }

    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            var now = new StopNciiCursor(CurrentOptions().Root!.AbsoluteUri.TrimEnd('/'), time.GetUtcNow().ToUnixTimeSeconds(), Set: null);
            await client.GetAsync(now, CurrentOptions, cancellationToken).ConfigureAwait(false);
        }
        catch (RegistryRequestException e)
        {
            throw Failure(e);
        }
    }

    /// <summary>Goes through the list: feedback is rare, and an index by names would cost every list memory.</summary>
    private async Task<HashValue?> FindHashAsync(EntryFeedback feedback, CancellationToken cancellationToken)
    {
        await foreach (var entry in store.ReadEntriesAsync(name, cancellationToken).ConfigureAwait(false))
        {
            if (entry.Key != feedback.Entry) continue;
            foreach (var hash in entry.Hashes)
            {
                if (hash.Kind == feedback.Kind) return hash;
            }
        }
        return null;
    }

    private static byte[] Write(HashValue hash, string value)
    {
        using var document = new MemoryStream();
        using (var json = new Utf8JsonWriter(document))
        {
            json.WriteStartObject();
            json.WriteNumber("count", 1);
            json.WriteStartArray("hashFeedbacks");
            json.WriteStartObject();
            json.WriteString("hashValue", hash.ToHexString());
            json.WriteString("feedbackValue", value);
            json.WriteStartArray("tags");
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return document.ToArray();
    }

    private StopNciiOptions CurrentOptions() => options.GetUsable(name);

    private ListSourceException Failure(RegistryRequestException cause) => new($"The registry '{name}' could not be given feedback: {cause.Message}.", cause);
}
