using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using TakeItDown.Matching.Tool.Input;
using TakeItDown.Matching.Tool.Output;

namespace TakeItDown.Matching.Tool.Commands;

/// <summary><c>takeitdown sync</c>: one refresh of a list, into a store.</summary>
internal static class SyncCommand
{
    private const string ListName = "take-it-down";

    public static Command Create()
    {
        var store = new Option<FileInfo>("--store") { Description = "The list store; it is created if need be.", HelpName = "FILE", Required = true };
        var members = new Option<string[]>("--member")
        {
            Description = "Keep this member's entries, by the id that 'takeitdown members' prints; may be given several times. * keeps every member's.",
            HelpName = "ID",
            Required = true,
        };
        var command = new Command("sync", "Read what is new on a registry's list into a store.");
        var registry = new RegistryArguments();
        registry.AddTo(command);
        command.Add(store);
        command.Add(members);
        command.SetGuardedAction((parsed, cancelled) =>
            RunAsync(registry.Read(parsed), parsed.GetRequiredValue(store), parsed.GetValue(members) ?? [], cancelled));
        return command;
    }

    private static async Task<int> RunAsync(Action<NcmecRegistryOptions> registry, FileInfo store, string[] members, CancellationToken cancellationToken)
    {
        StoreFile.Check(store);
        await using var services = ToolServices.Create(builder => builder.UseSqliteStore(store.FullName).AddNcmecRegistry(ListName, options =>
        {
            registry(options);
            foreach (var member in members) options.Members.Add(member);
        }));
        RegistryArguments.Check(services);
        return await RefreshAsync(services.GetRequiredService<IListManager>(), cancellationToken);
    }

    private static async Task<int> RefreshAsync(IListManager lists, CancellationToken cancellationToken)
    {
        var results = await TerminalProgress.RunAsync("Reading the list", report => lists.RefreshAsync(
            new Reporter(progress => report(
                string.Create(CultureInfo.InvariantCulture, $"{progress.Upserts:N0} entries added or changed, {progress.Removals:N0} withdrawn"), progress.Fraction)),
            cancellationToken));
        using var output = new JsonLines();
        foreach (var (result, status) in results.Zip(lists.Lists))
        {
            output.Write(json =>
            {
                json.WriteString("list", result.List);
                json.WriteNumber("upserts", result.Upserts);
                json.WriteNumber("removals", result.Removals);
                json.WriteNumber("rejected", result.Rejected);
                json.WriteNumber("entries", status.Entries);
                json.WriteString("completeThrough", status.CompleteThrough?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
                json.WriteString("error", result.Error);
            });
        }
        return results.All(result => result.Error is null) ? ExitCode.Done : ExitCode.Incomplete;
    }

    /// <summary>Reports in order and at once; <see cref="Progress{T}"/> does neither without a context to go to.</summary>
    private sealed class Reporter(Action<RefreshProgress> report) : IProgress<RefreshProgress>
    {
        public void Report(RefreshProgress value) => report(value);
    }
}
