"""Whether a young person asks that somebody is not told, or says what that person did to them.

It is read from the words around a first name: the sentence it is in and the next one. Spelling as
children write it counts; what somebody else of that name did, at school or at home, does not.
"""

import re

NAME = "@"  # stands for the first name; a sentence ends with a bar
_NOT = r"(?:dont|dnt|dn ?t|do ?nt|do not|don t|never|(?<!does )(?<!did )not|cant|cannot)"
_TOLD = r"(?:tell|tel|show|let|give|involve|inform)"
_KNOW = r"(?:know|kno|no about|find out|see|read|hear|open)"
_THEM = r"(?:@|him|hm|her|them|he|she)"
_ASKS = re.compile(
    rf"\b{_NOT} (?:[a-z]+ )?{_TOLD} (?:[^ |]+ )?{_THEM}(?: |$)"
    rf"|\b{_NOT} (?:say|send|give|show) (?:[^ |]+ )?(?:to|2) {_THEM}(?: |$)"
    rf"|\b{_NOT} want {_THEM} "
    rf"|{_THEM} (?:[a-z]+ )?(?:{_NOT}|mustnt|must not|shouldnt|not to|isnt to) {_KNOW} "
    r"(?:this|it|that|what|about|out)"
    r"|(?<!was )(?<!is )(?<!its )(?<!isnt )\bnot @(?! who| that| its| but)(?: |$)"
    r"|\b(?:except|(?:any|every)(?:one|body) but|apart from) @(?: |$)"
    r"|\bwithout @ (?:knowing|seeing|reading|finding)"
    r"|\b(?:it|this) (?:away |secret )?from @(?: |$)"
    r"|\bkeep (?:@|him|her) away|\baway from @(?: |$)"
)
_FAMILY = (
    r"(?:mum|mom|mam|mummy|dad|daddy|stepdad|stepmum|brother|bro|sister|sis|cousin|uncle|aunt|"
    r"auntie|nan|gran|grandad|grandma|boyfriend|bf|girlfriend|gf|neighbour|teacher|boy|girl|kid|"
    r"lad|pupil|classmate)"
)
_OTHERS = rf"(?:(?:{_FAMILY}|they|someone|somebody|people|kids|boys|girls|lads)\b)"
_SOMEBODY_ELSE = re.compile(
    r"@s? (?:at|in|from|on|off) (?:(?:my|our|the|a|his|her|other|old) )*"
    r"(?:school|skool|class|year|college|form|tutor|maths|football|bus|park|estate|street|church|"
    r"mosque)\b"
    rf"|@ (?:is |hes |shes |whos |who is )?(?:my|a|this|that) (?:[a-z]+ )?{_FAMILY}\b"
    rf"|\b(?:my|a|this|that|her|his|our|mums|foster|step|big|little|older) {_FAMILY} "
    r"(?:called |named |is )?@"
)
_HARM = (
    r"(?:hits?|hitting|hurts?|hurting|hert|beats?|beating|punch\w*|kick\w*|slap\w*|smack\w*|grab\w*|"
    r"push\w*|shov\w*|touch\w*|tuch\w*|grop\w*|kiss\w*|strok\w*|chok\w*|strangl\w*|bites?|bit|"
    r"biting|burn\w*|pinch\w*|spits?|spat|threw|throw\w*|restrain\w*|pinn?\w*|drag\w*|lock\w*|"
    r"shout\w*|scream\w*|yell\w*|swears?|swearing|swore|threat\w*|bull(?:y|ies|ied|ying)|messag\w*|"
    r"msg\w*|txt\w*|text\w*|snap\w*|dm\w*|rap(?:e|es|ed|ing)|abus\w*|assault\w*|molest\w*|"
    r"forc\w*|follow\w*|stalk\w*|film\w*|video\w*|watch\w*|scar(?:e|es|ed|ing)|frighten\w*|"
    r"attack\w*|blackmail\w*|harass\w*|stab\w*|holds?|held|holding)"
)
_ME = r"(?:me|my|us)\b"
_ON = rf"(?:(?!{_OTHERS})[^ |]+ )"  # a word, and nobody else comes in
_WHAT = (
    rf"(?:(?<!i )(?<!we )(?<!you )\b{_HARM} (?:[^ |]+ ){{0,2}}{_ME}"
    r"|\b(?:did|does|do|doing|done) (?:[^ |]+ ){0,4}(?:to|2|with) me\b"
    r"|\b(?:mean|horrible|nasty|cruel|creepy|weird|rude|pervy) (?:to|2|with|around|towards) me\b"
    r"|\b(?:makes?|made|making) me (?:touch|do|take|undress|sit|watch|lie|feel|scared|cry)\b"
    r"|\b(?:sends?|sent|sending) me (?:[^ |]+ ){0,3}(?:pic|pics|pictures?|photos?|nudes?)\b"
    r"|\b(?:says?|said|tells?|told|calls?)(?: me)? (?:[^ |]+ ){0,4}"
    r"(?:secret|special|not to tell|keep quiet)\b)"
)
_DID = re.compile(
    rf"(?<!told )(?<!tell )(?<!asked )@s? {_ON}{{0,8}}?{_WHAT}"
    rf"|(?<!told )(?<!tell )(?<!asked )@ (?:{_ON}|\| ){{0,12}}?(?:he|she|hes|shes) {_ON}{{0,4}}?"
    rf"{_WHAT}"
    rf"|\b{_HARM} by @(?: |$)"
    r"|\b(?:scared|scard|afraid|frightened|terrified) off? @(?: |$)"
)


def accused(around: str) -> bool:
    """Say whether the words around a name, each place of it `NAME`, ask not to tell them or accuse.

    The words are plain, with single spaces, a bar between two sentences.
    """
    if _ASKS.search(around):
        return True
    return not _SOMEBODY_ELSE.search(around) and bool(_DID.search(around))
