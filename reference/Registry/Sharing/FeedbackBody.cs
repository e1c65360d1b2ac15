using System.Xml;
using System.Xml.Linq;

namespace Registry.Sharing;

/// <summary>Reads a <c>feedbackSubmission</c>.</summary>
internal static class FeedbackBody
{
    private const int Longest = 64 * 1024;
    private static readonly XNamespace Namespace = XmlAnswer.Namespace;

    /// <summary>Reads the reasons for which a fingerprint is called wrong; none where it is affirmed.</summary>
    /// <returns>Null where the body is not a submission, or names a reason that there is not.</returns>
    public static async Task<IReadOnlyList<string>?> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        var settings = new XmlReaderSettings { Async = true, DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = Longest };
        try
        {
            using var reader = XmlReader.Create(body, settings);
            var document = await XDocument.LoadAsync(reader, LoadOptions.None, cancellationToken);
            return Reasons(document.Root!);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static IReadOnlyList<string>? Reasons(XElement root)
    {
        if (root.Name != Namespace + "feedbackSubmission" || root.Elements().Count() != 1) return null;
        if (root.Element(Namespace + "affirmative") is not null) return [];
        var given = root.Element(Namespace + "negative")?.Element(Namespace + "reasonIds")?.Elements(Namespace + "guid");
        var reasons = given?.Select(guid => FeedbackReason.Find(guid.Value.Trim())?.Guid).Distinct().ToList();
        return reasons is null or [] || reasons.Contains(null) ? null : [.. reasons.OfType<string>()];
    }
}
