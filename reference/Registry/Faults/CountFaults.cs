namespace Registry.Faults;

/// <summary>Faults of a registry whose numbers are not those of what it shows.</summary>
public static class CountFaults
{
    /// <summary>Some entries are numbered and then not shown: the last of so many on each page. Queue it for every request.</summary>
    public static RegistryFault HiddenEntries(int every) => (context, serve) => CapturedAnswer.RewriteAsync(context, serve, page =>
    {
        foreach (var block in page.Elements().Where(block => block.Attribute("count") is not null))
        {
            var hidden = block.Elements().Where((_, place) => place % every == every - 1).ToList();
            hidden.ForEach(entry => entry.Remove());
            block.SetAttributeValue("count", (int)block.Attribute("count")! - hidden.Count);
        }
    });

    /// <summary>An error status for all but the first pages of windows: what lies deep is too much for the registry. Queue it for every request.</summary>
    public static RegistryFault DeepPagesFail(int status) => (context, serve) =>
        context.Request.Query.ContainsKey("start") ? AnswerFaults.Status(status)(context, serve) : serve(context);
}
