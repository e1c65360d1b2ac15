using Microsoft.Extensions.Options;

namespace TakeItDown.Matching.Registries.Ncmec;

/// <summary>Gives feedback to a registry over the Hash Sharing protocol.</summary>
internal sealed class NcmecFeedbackSource(string name, NcmecClient client, IOptionsMonitor<NcmecRegistryOptions> options) : IFeedbackSource
{
    public string Name => name;

    public HashKinds Kinds => NcmecFeedback.Kinds;

    public async Task<IReadOnlyList<FeedbackReason>> GetReasonsAsync(HashKind kind, CancellationToken cancellationToken = default)
    {
        try
        {
            return await client.GetReasonsAsync(NcmecFeedback.ReasonsPath(kind), CurrentOptions, cancellationToken).ConfigureAwait(false);
        }
        catch (RegistryRequestException e)
        {
            throw new ListSourceException($"The feedback reasons of the registry '{name}' could not be read: {e.Message}.", e);
        }
    }

    public async Task<FeedbackAnswer> SendAsync(EntryFeedback feedback, CancellationToken cancellationToken = default)
    {
        if (NcmecFeedback.PathOf(feedback) is not { } path) return FeedbackAnswer.Refused("no address can name the hash");
        try
        {
            await client.PutAsync(path, NcmecFeedback.Write(feedback), CurrentOptions, cancellationToken).ConfigureAwait(false);
            return FeedbackAnswer.Taken;
        }
        catch (RegistryRequestException e) when (e.IsRefusal)
        {
            // While a gateway or a wrong root answers in the registry's place, everything is "not found". Who tells reasons is the registry.
            await GetReasonsAsync(feedback.Kind, cancellationToken).ConfigureAwait(false);
            return FeedbackAnswer.Refused(e.Message);
        }
        catch (RegistryRequestException e)
        {
            throw new ListSourceException($"The registry '{name}' could not be given feedback: {e.Message}.", e);
        }
    }

    private NcmecRegistryOptions CurrentOptions() => options.GetUsable(name);
}
