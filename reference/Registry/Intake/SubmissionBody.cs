namespace Registry.Intake;

/// <summary>A submission as the page sends it. Every word but these is refused.</summary>
internal sealed record SubmissionBody(IReadOnlyList<ItemBody> Items);

/// <summary>One picture or video.</summary>
internal sealed record ItemBody(string Media, IReadOnlyList<HashBody> Hashes);

/// <summary>One hash, in hexadecimal. Quality is for PDQ only.</summary>
internal sealed record HashBody(string Kind, string Value, int? Quality = null)
{
    public override string ToString() => $"HashBody({Kind})";
}
