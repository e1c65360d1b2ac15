namespace TakeItDown.Matching.Testing.Stores;

/// <summary>Every rule of <see cref="IListStore"/>.</summary>
internal static class StoreRules
{
    public static IEnumerable<Rule> All(Func<string, IListStore> open, bool outlasts)
    {
        foreach (var (name, promise, check) in StateRules.All.Concat(ChangeRules.All).Concat(ConflictRules.All).Concat(NewsRules.All)) yield return Make(name, promise, check);
        if (outlasts) yield return Make("outlasts", "What is stored is there when its place is opened again, its position and its news included.", StateRules.OutlastsAsync);

        Rule Make(string name, string promise, Func<StoreTrial, Task> check) => new(name, promise, async cancellationToken =>
        {
            var trial = new StoreTrial(open, cancellationToken);
            await using (trial.ConfigureAwait(false))
            {
                await check(trial).ConfigureAwait(false);
            }
        });
    }
}
