namespace Registry.Sharing;

/// <summary>A reason for which a member can call a fingerprint wrong.</summary>
internal sealed record FeedbackReason(string Guid, string Name)
{
    /// <summary>The same for every kind of fingerprint.</summary>
    public static IReadOnlyList<FeedbackReason> All { get; } =
    [
        new("5f0c5b86-6c1e-4a6f-9c7b-0d5e9d2c1a01", "Matches other content"),
        new("5f0c5b86-6c1e-4a6f-9c7b-0d5e9d2c1a02", "Does not belong on this list"),
        new("5f0c5b86-6c1e-4a6f-9c7b-0d5e9d2c1a03", "Too plain to tell pictures apart"),
    ];

    public static FeedbackReason? Find(string guid) => All.FirstOrDefault(reason => reason.Guid.Equals(guid, StringComparison.OrdinalIgnoreCase));
}

/// <summary>A group of words by which members can sort entries.</summary>
internal sealed record CategorizationGroup(string Name, bool AllowMultiple, IReadOnlyList<(string Guid, string Name)> Categorizations)
{
    public static IReadOnlyList<CategorizationGroup> All { get; } =
    [
        new("Origin", AllowMultiple: false,
        [
            ("a3d1f7c0-28f4-4f0b-8d57-6b1d0c9e2b01", "Submitted by the person shown"),
            ("a3d1f7c0-28f4-4f0b-8d57-6b1d0c9e2b02", "Found by a member"),
        ]),
        new("Spread", AllowMultiple: true,
        [
            ("a3d1f7c0-28f4-4f0b-8d57-6b1d0c9e2b03", "Seen on one service"),
            ("a3d1f7c0-28f4-4f0b-8d57-6b1d0c9e2b04", "Seen on several services"),
        ]),
    ];
}
