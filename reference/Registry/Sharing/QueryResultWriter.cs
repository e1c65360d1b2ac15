using System.Globalization;
using System.Xml;
using Registry.Model;
using Registry.Storage;
using TakeItDown.Matching;

namespace Registry.Sharing;

/// <summary>Writes a page of entries as the protocol's <c>queryResult</c>.</summary>
internal sealed class QueryResultWriter(XmlWriter xml, IReadOnlyDictionary<long, string> names)
{
    private readonly char[] _hex = new char[64];

    public void Write(IReadOnlyList<StoredEntry> entries, string? next)
    {
        xml.WriteStartElement("queryResult", XmlAnswer.Namespace);
        WriteBlock("images", "image", "deletedImage", [.. entries.Where(entry => entry.Media == MediaKind.Image)]);
        WriteBlock("videos", "video", "deletedVideo", [.. entries.Where(entry => entry.Media == MediaKind.Video)]);
        if (next is not null)
        {
            xml.WriteStartElement("paging");
            xml.WriteElementString("next", next);
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    private void WriteBlock(string block, string live, string deleted, List<StoredEntry> entries)
    {
        xml.WriteStartElement(block);
        xml.WriteAttributeString("count", entries.Count.ToString(CultureInfo.InvariantCulture));
        if (entries.Count > 0) xml.WriteAttributeString("maxTimestamp", WireTime.Format(entries.Max(entry => entry.Changed)));
        foreach (var entry in entries)
        {
            if (entry.Deleted) WriteTombstone(deleted, entry);
            else WriteLive(live, entry);
        }
        xml.WriteEndElement();
    }

    private void WriteTombstone(string element, StoredEntry entry)
    {
        xml.WriteStartElement(element);
        WriteMember(entry.Member);
        xml.WriteElementString("id", entry.Id);
        xml.WriteElementString("timestamp", WireTime.Format(entry.Changed));
        xml.WriteEndElement();
    }

    private void WriteLive(string element, StoredEntry entry)
    {
        xml.WriteStartElement(element);
        WriteMember(entry.Member);
        xml.WriteElementString("timestamp", WireTime.Format(entry.Changed));
        xml.WriteElementString("id", entry.Id);
        if (entry.Classification is not null) xml.WriteElementString("classification", entry.Classification);
        xml.WriteStartElement("fingerprints");
        WriteHashes(entry);
        xml.WriteEndElement();
        if (entry.Feedback.Count > 0) WriteFeedback(entry.Feedback);
        xml.WriteEndElement();
    }

    /// <summary>
    /// The hashes in their order, but the first PDQ hash of a picture, which is that of the picture upright, comes after all others: clients in use
    /// keep only the last of a kind.
    /// </summary>
    private void WriteHashes(StoredEntry entry)
    {
        HashValue? upright = null;
        foreach (var hash in entry.Hashes)
        {
            if (upright is null && entry.Media == MediaKind.Image && hash.Kind == HashKind.Pdq) upright = hash;
            else WriteHash(hash);
        }
        if (upright is { } last) WriteHash(last);
    }

    private void WriteHash(HashValue hash)
    {
        xml.WriteStartElement(hash.Kind.ToName());
        Convert.TryToHexStringLower(hash.Bytes, _hex, out var length);
        xml.WriteChars(_hex, 0, length);
        xml.WriteEndElement();
    }

    private void WriteFeedback(List<StoredFeedback> feedback)
    {
        xml.WriteStartElement("feedback");
        xml.WriteAttributeString("lastUpdateTimestamp", WireTime.Format(feedback.Max(one => one.Given)));
        foreach (var group in feedback.GroupBy(one => (Affirmative: one.Reasons.Count == 0, one.Fingerprint)))
        {
            xml.WriteStartElement(group.Key.Affirmative ? "affirmativeFeedback" : "negativeFeedback");
            xml.WriteAttributeString("type", group.Key.Fingerprint);
            xml.WriteAttributeString("lastUpdateTimestamp", WireTime.Format(group.Max(one => one.Given)));
            if (group.Key.Affirmative) WriteMembers([.. group]);
            else WriteReasons(group.Key.Fingerprint, [.. group]);
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    /// <summary>A reason and the members that gave it, in turns.</summary>
    private void WriteReasons(string fingerprint, List<StoredFeedback> feedback)
    {
        xml.WriteStartElement("reasons");
        foreach (var reason in FeedbackReason.All)
        {
            var given = feedback.FindAll(one => one.Reasons.Contains(reason.Guid));
            if (given.Count == 0) continue;
            WriteReason(xml, reason, fingerprint);
            WriteMembers(given);
        }
        xml.WriteEndElement();
    }

    private void WriteMembers(List<StoredFeedback> feedback)
    {
        xml.WriteStartElement("members");
        xml.WriteAttributeString("timestamp", WireTime.Format(feedback.Max(one => one.Given)));
        foreach (var one in feedback) WriteMember(one.Member);
        xml.WriteEndElement();
    }

    private void WriteMember(long id) => WriteMember(xml, id, names.GetValueOrDefault(id, $"Member {id}"));

    public static void WriteMember(XmlWriter xml, long id, string name)
    {
        xml.WriteStartElement("member", XmlAnswer.Namespace);
        xml.WriteAttributeString("id", id.ToString(CultureInfo.InvariantCulture));
        xml.WriteString(name);
        xml.WriteEndElement();
    }

    public static void WriteReason(XmlWriter xml, FeedbackReason reason, string fingerprint)
    {
        xml.WriteStartElement("reason", XmlAnswer.Namespace);
        xml.WriteAttributeString("guid", reason.Guid);
        xml.WriteAttributeString("name", reason.Name);
        xml.WriteAttributeString("type", fingerprint);
        xml.WriteEndElement();
    }
}
