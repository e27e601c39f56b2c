"""The words by which a lead is known: ranks and posts, teams and bodies, subjects and labels.

Every table is in lower case. A stranger who meets a post that is not read should only have to add
its word here.
"""

from __future__ import annotations

from goldenthread.plan.wording import phrase_set, word_set

# The last word of a post's name before any "of", "for" or "to": "Head of HR", "Policy Officer".
POST_HEADS = word_set("""
    head director officer manager adviser advisor lead chief secretary coordinator co-ordinator
    chair chairman chairwoman chairperson co-chair vice-chair convenor convener executive leader
    champion sponsor partner mayor councillor cllr member commissioner constable superintendent
    supt inspector sergeant commander dean principal headteacher teacher registrar provost
    vice-chancellor pro-vice-chancellor chancellor bursar governor solicitor lawyer accountant
    auditor treasurer librarian archivist psychologist nurse matron midwife consultant clinician
    therapist pharmacist worker practitioner specialist analyst statistician administrator
    assistant associate apprentice trainer facilitator counsellor chaplain steward representative
    rep organiser planner surveyor engineer architect caretaker supervisor controller guardian
    trustee president clerk warden ranger editor president fellow professor lecturer reader tutor
    researcher senco deputy owner expert strategist designer developer technician co-director
    exec ambassador mentor interviewer buyer negotiator co-lead subdean sub-dean hod a.d
""")

# Plural posts are groups of people: nobody among them answers alone.
PLURAL_POSTS = {f"{word}s": word for word in POST_HEADS} | {
    "secretaries": "secretary",
    "chiefs": "chief",
    "chairmen": "chairman",
    "deputies": "deputy",
    "cllrs": "cllr",
    "reps": "rep",
}

# Posts that more often begin a longer name: "Assistant Director", "Executive Director".
QUALIFIERS = word_set("assistant deputy associate executive principal chief vice")

# The last word of a body's name: a team, a board, a network, a group of people.
BODY_HEADS = word_set("""
    team teams group groups board boards committee committees forum forums fora council councils
    network networks panel panels partnership partnerships sub-group subgroup sub-committee
    subcommittee working-group taskforce task-force cabinet executive department departments
    service services directorate directorates division divisions unit units office section branch
    faculty faculties school schools college colleges university trust collective consortium
    alliance assembly commission congress association union unions federation society senate court
    cluster hub programme campaign project staff workforce members managers employees people
    colleagues volunteers trustees governors residents tenants carers parents students pupils
    contractors suppliers providers partners agencies agency charity charities organisations
    organisation authority authorities force constabulary hospital department desk function
    leadership management secretariat bureau chamber corporation company cooperative co-operative
    stakeholders headteachers recruiters shortlisters interviewers teaching-staff side
""")

# Bodies that may not be parted from a name before them: "Adults and Children's Services".
DEPARTMENT_HEADS = word_set("""
    team teams department departments service services directorate directorates division divisions
    unit units office section branch faculty function programme project school people
""")

# Single words that can lead by themselves; "team" or "officer" alone cannot.
BARE = word_set("""
    staff members managers directors deans governors heads cabinet council executive leader
    chair secretary mayor trustees councillors cllrs headteacher principal registrar provost
    librarian employees everyone students pupils parents carers tenants director dean partners
    unions supervisors officers board senate headteachers chancellor vice-chancellor
    pro-vice-chancellor vice-chair hod cllr councillor principals bursar senco matron chaplain
    clerk treasurer schools contractors volunteers convenor secretaries leaders residents
    recruiters facilitators
""")

# Words that may stand before a plural and make a lead of it: "All Members", "Every manager".
EVERY = word_set("all every each both other any our named relevant individual")

# Openings after which a new lead has certainly begun, as tuples of words.
OPENINGS = tuple(
    tuple(opening.split())
    for opening in (
        "head of", "heads of", "head teacher", "director of", "directors of", "director for",
        "assistant director", "deputy director", "executive director", "corporate director",
        "strategic director", "associate director", "managing director", "group director",
        "interim director", "programme director", "medical director", "service director",
        "chief executive", "chief officer", "chief operating", "chief constable", "chief nurse",
        "chief people", "chief scientist", "chief medical", "chief information", "chief finance",
        "chief financial", "deputy chief", "assistant chief",
        "chair of", "chairs of", "vice chair", "deputy leader", "leader of", "cabinet member",
        "portfolio holder", "lead member", "monitoring officer", "senior leadership",
        "corporate leadership", "executive leadership", "strategic leadership", "senior management",
        "corporate management", "extended leadership", "departmental management", "dean of",
        "deans of", "group leaders", "all", "secretary to", "clerk to", "company secretary",
        "borough commander", "police and", "pro-vice-chancellor", "section 151", "director with",
    )
)  # fmt: skip

# Ranks that stand in front and name their field without "of": "Supt Operations", "AD People".
RANKS = frozenset(
    tuple(rank.split())
    for rank in (
        "ad", "a.d", "acc", "dcc", "supt", "ch supt", "chief supt", "det supt", "det ch supt",
        "det chief supt", "insp", "ch insp", "det insp", "det ch insp", "di", "dci", "sgt",
        "detective superintendent", "detective chief superintendent", "chief superintendent",
        "superintendent", "chief inspector", "inspector", "dac", "t/acc", "t/dcc", "t/supt",
        "assistant director", "deputy director", "director", "executive director", "exec director",
        "corporate director", "strategic director", "head", "dean", "chair", "lead", "lead officer",
        "lead member", "portfolio holder", "cabinet member", "deputy head", "deputy dean",
        "associate dean", "associate director", "assistant head", "dvc", "pvc",
        "pro-vice-chancellor", "service director", "commander",
    )
)  # fmt: skip

# Abbreviations of posts and of bodies that are known far beyond one document.
POST_ABBREVIATIONS = word_set("""
    coo ceo cfo cio cto cpo cx ce dce acc dcc cc pcc dac cmo cno cpo hod hos sro hrbp hrd dpo sirp
    siro ad dpp dass dcs dph sencol senco dsl vc pvc dvc mo fd md ned pd edil
""")
LEADERSHIP_TEAMS = word_set("slt clt cmt elt smt dmt dlt emt et ulb sct tmb cet ueb ukvi comt xlt")
BODY_ABBREVIATIONS = LEADERSHIP_TEAMS | word_set("""
    unison unite gmb pcs nasuwt neu ucu fbu tujcc jtucc jcc jncc jnc jccn jnf lga cps hmicfrs
    cqc ehrc eodc ics icb nhse wren eap scc osc jcnc tu tus juc ukri feb edig edib edisg
""")

# Abbreviations that name a subject, a law or people: a field of work, never a lead by themselves.
SUBJECTS = word_set("""
    hr od it ict edi edib di ed eq ei hrod l&d pr re rec wres wdes eds psed bame bme lgbt lgbtq
    lgbtq+ lgbt+ lgbtqi lgbtqia ethnicity race eia eqia eqias eias gdpr gpg epg rag kpi smart dei
    send sen ehc asc cyp phi hse oh uk eu nhs ni rer readi reap d&i ehrm
""")

# Departments that are printed as leads on their own, in a list or after a closed name.
DEPARTMENTS = phrase_set("""
    hr, it, ict, od, hrod, human resources, legal, legal services, finance, communications,
    comms, procurement, facilities, payroll, estates, marketing, housing, planning, democratic
    services, public health, adult social care, children's services, organisational development,
    learning and development, learning & development, policy, performance, personnel,
    recruitment, corporate communications, occupational health, health and safety,
    commissioning, libraries, internal audit, admissions, student services, business
    intelligence, neighbourhood services, workforce development, community safety, regeneration,
    licensing, data protection
""")
# Those of them that never stand in front of "and" as part of a longer name.
LISTED_DEPARTMENTS = frozenset(
    ("hr", "it", "ict", "finance", "legal", "communications", "comms", "procurement", "facilities",
     "payroll", "estates", "marketing", "hrod", "human resources", "personnel")
)  # fmt: skip

# Kinds of body so general that with one of these words in front they belong to what precedes.
GENERAL = word_set("""
    working steering leadership management project support task advisory liaison reference
    development delivery executive strategy strategic implementation oversight focus sub reference
    review planning consultative joint peer
""")

# Posts that sit on a body: what follows "of" is expected to end in a body.
CHAIRS = word_set("chair co-chair vice-chair chairman member secretary clerk convenor president")

PREPOSITIONS = word_set("of for on to in with at from responsible within across")
SMALL_WORDS = PREPOSITIONS | word_set("and & the a an or by + / - – plus")

# What parts a lead from those who only help; the second side supports.
SUPPORT_PHRASES = (
    "with the support of", "with support from", "with support of", "with help from",
    "with advice from", "with input from", "in consultation with", "in partnership with",
    "in conjunction with", "in collaboration with", "in liaison with", "working with",
    "supported by", "assisted by", "advised by", "together with", "along with", "with",
)  # fmt: skip

# Labels printed in front of a lead, and the role that they give.
LABELS = {
    "r": "accountable", "a": "accountable", "c": "supporting", "i": "supporting",
    "s": "supporting",
    "lead": "accountable", "lead officer": "accountable", "owner": "accountable",
    "accountable": "accountable", "responsible": "accountable", "sponsor": "accountable",
    "slt lead": "accountable", "responsible officer": "accountable",
    "lead department": "accountable", "accountable officer": "accountable",
    "oversight": "accountable", "service": "accountable",
    "lead service": "accountable", "implementation": "supporting",
    "support": "supporting", "supporting": "supporting", "supported by": "supporting",
    "supporting officer": "supporting", "supporting officers": "supporting",
    "others": "supporting", "partners": "supporting", "contributors": "supporting",
    "consulted": "supporting", "also": "supporting", "with": "supporting",
}  # fmt: skip

# Brackets that say something of the lead rather than naming it.
REMARK_OPENINGS = word_set("""
    to tbc tba tbd interim acting vacant until from currently initially new if where when as and
    job-share jobshare maternity seconded pending subject not now previously formerly until since
    temporary part-time
""")
SUPPORT_REMARKS = word_set("support supporting supported")

# Cells that name nobody.
NOBODY = frozenset(
    ("", "-", "–", "—", "n/a", "na", "none", "tbc", "tba", "tbd", "to be confirmed", "?", "xx",
     "to be agreed", "to be decided", "to be determined", "not applicable", "as above", "ditto",
     "various", "vacant", "nil", "…", "...", "\"", "”", "not known", "unknown", "(tbc)", "(tba)")
)  # fmt: skip
