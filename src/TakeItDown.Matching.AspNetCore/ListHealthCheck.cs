using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace TakeItDown.Matching.AspNetCore;

/// <summary>Says whether uploads can be judged: unhealthy while a list is missing or stale, degraded while something only threatens.</summary>
internal sealed class ListHealthCheck(IListManager lists, IEnumerable<IImageDecoder> images, IEnumerable<IVideoDecoder> videos, TimeProvider time) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var problems = new List<(HealthStatus Status, string Text)>();
        var data = new Dictionary<string, object>();
        if (lists.Lists.Count == 0) problems.Add((HealthStatus.Unhealthy, "No list is registered."));
        foreach (var list in lists.Lists)
        {
            data[$"{list.Name}.freshness"] = list.Freshness.ToString();
            data[$"{list.Name}.mode"] = list.Mode.ToString();
            data[$"{list.Name}.entries"] = list.Entries;
            if (list.CompleteThrough is { } through) data[$"{list.Name}.ageSeconds"] = (long)(time.GetUtcNow() - through).TotalSeconds;
            if (!list.IsInUse) continue;
            // What is only reported touches no verdict.
            var unusable = list.Mode == ListMode.Enforce ? HealthStatus.Unhealthy : HealthStatus.Degraded;
            if (list.Freshness == ListFreshness.NeverSynced) problems.Add((unusable, $"The list {list.Name} has never been read completely."));
            else if (list.Freshness == ListFreshness.Stale) problems.Add((unusable, $"The list {list.Name} is older than allowed."));
            else if (list.Entries == 0) problems.Add((HealthStatus.Degraded, $"The list {list.Name} is complete and holds no entry, so that nothing can match: see whether its options keep the right members, and what the account may read."));
            if (list.IsReadAnew) problems.Add((HealthStatus.Degraded, $"The list {list.Name} is being read anew, since something else is asked of its registry than before; until that ends, entries may be missing."));
            if (list.Floods.Count > 0) problems.Add((HealthStatus.Degraded, $"Entries of the list {list.Name} match far more uploads than expected: {list.Floods.Count}."));
            if (list.Drift > 0)
                problems.Add((HealthStatus.Degraded, $"The list {list.Name} had missed changes of its registry: {list.Drift} entries were not as they should be, found and mended{(list.ReconciledAt is { } at ? string.Create(CultureInfo.InvariantCulture, $" on {at:u}") : "")}."));
            if (list.ReconcileError is { } reason) problems.Add((HealthStatus.Degraded, $"The list {list.Name} is not compared with its whole registry: {reason}"));
            if (list.LastError is { } error) problems.Add((HealthStatus.Degraded, $"The last refresh of the list {list.Name} failed: {error}"));
        }
        // What another decoder reads as well is not lost, only slower: that is in the data.
        foreach (var decoder in images) data[$"decoder.{decoder.Name}"] = decoder.Availability.Detail;
        foreach (var decoder in videos) data[$"decoder.{decoder.Name}"] = decoder.Availability.Detail;
        foreach (var decoder in images.WhereMissed()) problems.Add((HealthStatus.Degraded, $"The decoder {decoder.Name} is disabled: {decoder.Availability.Detail}."));
        foreach (var decoder in videos.WhereMissed()) problems.Add((HealthStatus.Degraded, $"The frames of videos are not looked at: {decoder.Availability.Detail}."));

        var text = string.Join(' ', problems.Select(problem => problem.Text));
        return Task.FromResult(problems.Count == 0
            ? HealthCheckResult.Healthy("Every list is complete and fresh.", data)
            : new HealthCheckResult(problems.Min(problem => problem.Status), text, data: data));
    }
}
